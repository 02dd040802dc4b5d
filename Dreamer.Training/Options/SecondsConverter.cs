using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dreamer.Training.Options;

/// <summary>Reads a time as seconds or as <c>hh:mm:ss</c>, and writes it as seconds.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds))
        {
            return FromSeconds(seconds);
        }
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? FromSeconds(number)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time
            : throw new JsonException($"'{text}' is not a time; seconds or hh:mm:ss is expected.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);

    private static TimeSpan FromSeconds(double seconds) => double.IsFinite(seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
        ? TimeSpan.FromSeconds(seconds) : throw new JsonException($"{seconds} seconds is not a time.");
}
