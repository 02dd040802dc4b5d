using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dreamer.Training.Networks;

namespace Dreamer.Training.Options;

/// <summary>JSON for options without reflection, which trimmed programs do not have.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(DreamerOptions))]
[JsonSerializable(typeof(NetworkOptions))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class OptionsJson : JsonSerializerContext;
