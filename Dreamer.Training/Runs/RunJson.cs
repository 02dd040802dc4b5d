using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Networks;

namespace Dreamer.Training.Runs;

/// <summary>How a run's options and state are JSON, without reflection: programs that are trimmed or are one file have none.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(DreamerOptions))]
[JsonSerializable(typeof(NetworkOptions))]
[JsonSerializable(typeof(TrainingState))]
[JsonSerializable(typeof(Episode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class RunJson : JsonSerializerContext;
