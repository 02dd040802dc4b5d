using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Dreamer.Inference.Tests.Schema;

/// <summary>
/// Makes the JSON schema of <c>agent.json</c> of what writes it, the serializer's own metadata, so that properties and types cannot
/// drift, and adds what the validator asks of their values.
/// </summary>
internal static class ManifestSchema
{
    /// <summary>What values are allowed, by the property's path; a test asks the validator whether it agrees.</summary>
    private static readonly (string Path, string Constraint)[] Constraints =
    [
        ("format_version", """{"const": 1}"""),
        ("observations", """{"minItems": 1}"""),
        ("observations/items/key", """{"enum": ["image", "vector"]}"""),
        ("observations/items/type", """{"enum": ["uint8", "float32"]}"""),
        ("observations/items/shape/items", """{"minimum": 1}"""),
        ("action/kind", """{"enum": ["discrete", "continuous"]}"""),
        ("action/size", """{"minimum": 1, "maximum": 32768}"""),
        ("latent/kind", """{"enum": ["categorical", "gaussian"]}"""),
        ("latent/deter", """{"minimum": 1, "maximum": 32768}"""),
        ("latent/stoch", """{"minimum": 1, "maximum": 32768}"""),
        ("latent/classes", """{"minimum": 1, "maximum": 32768}"""),
        ("latent/embedding", """{"minimum": 1, "maximum": 32768}"""),
        ("latent/prior_ensemble", """{"minimum": 1, "maximum": 32768}"""),
        ("heads/discount", """{"enum": ["predicted", "constant"]}"""),
        ("graphs/items/file", """{"pattern": "^[^./\\\\:\\u0000][^/\\\\:\\u0000]*$"}"""),
        ("graphs/items/sha256", """{"pattern": "^[0-9a-f]{64}$"}"""),
        ("graphs/items/inputs/items/type", """{"enum": ["float32", "uint8"]}"""),
        ("graphs/items/inputs/items/shape/items", """{"minimum": -1, "not": {"const": 0}}"""),
        ("graphs/items/outputs/items/type", """{"enum": ["float32", "uint8"]}"""),
        ("graphs/items/outputs/items/shape/items", """{"minimum": -1, "not": {"const": 0}}"""),
    ];

    internal static IEnumerable<string> ConstrainedPaths => Constraints.Select(constraint => constraint.Path);

    internal static JsonObject Create()
    {
        var schema = ManifestJson.Default.AgentManifest.Options.GetJsonSchemaAsNode(typeof(AgentManifest), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        foreach (var (path, constraint) in Constraints)
        {
            var target = At(schema, path);
            foreach (var (name, value) in JsonNode.Parse(constraint)!.AsObject())
            {
                target[name] = value?.DeepClone();
            }
        }
        // A default in C#; a file that does not say it is refused.
        schema["required"]!.AsArray().Insert(0, "format_version");
        var result = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "agent.json, format version 1",
            ["description"] = "What an agent folder holds; docs/agent-folder.md explains it. Shapes are those of a row: the free dimension batch stands in front.",
        };
        foreach (var (name, value) in schema.AsObject())
        {
            result[name] = value?.DeepClone();
        }
        return result;
    }

    internal static string ToText(JsonObject schema) =>
        schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";

    /// <summary>The schema of a property: a step down is into <c>properties</c>, or into <c>items</c>.</summary>
    private static JsonObject At(JsonNode root, string path)
    {
        var schema = root;
        foreach (var step in path.Split('/'))
        {
            schema = Resolve(root, step == "items" ? schema["items"] : schema["properties"]?[step])
                ?? throw new InvalidOperationException($"The manifest has no '{path}'.");
        }
        return schema.AsObject();
    }

    private static JsonNode? Resolve(JsonNode root, JsonNode? schema) => (schema as JsonObject)?["$ref"] is { } reference
        ? reference.GetValue<string>().Split('/').Skip(1).Aggregate(
            (JsonNode?)root, (node, step) => node is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)] : node?[step])
        : schema;
}
