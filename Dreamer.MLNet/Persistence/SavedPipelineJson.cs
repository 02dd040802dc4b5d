using System.Text.Json.Serialization;

namespace Dreamer.MLNet.Persistence;

/// <summary>Reads and writes the table of contents of saved pipelines.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SavedPipeline))]
internal sealed partial class SavedPipelineJson : JsonSerializerContext;
