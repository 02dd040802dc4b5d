using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Dreamer.MLNet.Persistence;

/// <summary>Reads and writes the options of saved transformers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EncodeObservationOptions))]
[JsonSerializable(typeof(ObserveLatentStateOptions))]
[JsonSerializable(typeof(StepLatentStateOptions))]
[JsonSerializable(typeof(PredictOutcomeOptions))]
[JsonSerializable(typeof(SelectActionOptions))]
[JsonSerializable(typeof(ImagineRolloutOptions))]
[JsonSerializable(typeof(DecodeObservationOptions))]
internal sealed partial class OptionsJson : JsonSerializerContext
{
    internal static byte[] Write<T>(T options, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(options, type);

    /// <summary>Reads options.</summary>
    /// <param name="json">The result of <see cref="Write"/>.</param>
    /// <param name="type">Their type.</param>
    /// <param name="source">Their name in messages.</param>
    /// <exception cref="InvalidDataException">They are not options of this type.</exception>
    internal static T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, string source)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type) ?? throw new InvalidDataException($"{source} is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{source} cannot be read: {e.Message}", e);
        }
    }
}
