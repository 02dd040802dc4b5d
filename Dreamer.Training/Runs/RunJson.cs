using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dreamer.Inference.Episodes;

namespace Dreamer.Training.Runs;

/// <summary>JSON for the state of a run without reflection, which trimmed programs do not have.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TrainingState))]
[JsonSerializable(typeof(Episode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class RunJson : JsonSerializerContext;
