using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dreamer.Tests.Shared;

/// <summary>Checks JSON against the words of JSON schema that the manifest's schema uses; a word that it does not know is an error.</summary>
internal static class JsonSchemaChecker
{
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "$schema", "title", "description", "default" };

    /// <summary>Everything that is wrong.</summary>
    internal static List<string> Errors(JsonNode schema, JsonNode? value)
    {
        var errors = new List<string>();
        new Run(schema, errors).Check(schema, value, "$");
        return errors;
    }

    /// <summary>What a reference within a schema stands for; what is no reference stands for itself.</summary>
    internal static JsonNode? Resolve(JsonNode root, JsonNode? schema)
    {
        if ((schema as JsonObject)?["$ref"] is not { } reference)
        {
            return schema;
        }
        return reference.GetValue<string>().Split('/').Skip(1).Aggregate(
            (JsonNode?)root, (node, step) => node is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)] : node?[step]);
    }

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static bool IsOfType(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && Number(value) % 1 == 0,
        _ => throw new NotSupportedException($"The schema has the type '{type}', which this checker does not know."),
    };

    private sealed class Run(JsonNode root, List<string> errors)
    {
        internal void Check(JsonNode unresolved, JsonNode? value, string path)
        {
            var schema = Resolve(root, unresolved)!;
            if (schema is JsonValue truth)
            {
                if (!truth.GetValue<bool>())
                {
                    errors.Add($"{path} is not allowed");
                }
                return;
            }
            foreach (var (word, rule) in schema.AsObject())
            {
                if (!Ignored.Contains(word) && !Holds(word, rule!, schema, value, path))
                {
                    errors.Add($"{path} is {value?.ToJsonString() ?? "null"}; {word} is {rule!.ToJsonString()}");
                }
            }
        }

        private bool Holds(string word, JsonNode rule, JsonNode schema, JsonNode? value, string path)
        {
            switch (word)
            {
                case "type":
                    return rule is JsonArray types ? types.Any(type => IsOfType(value, type!.GetValue<string>())) : IsOfType(value, rule.GetValue<string>());
                case "not":
                    var refused = new List<string>();
                    new Run(root, refused).Check(rule, value, path);
                    return refused.Count > 0;
                case "const":
                    return JsonNode.DeepEquals(rule, value);
                case "enum":
                    return rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value));
                case "pattern":
                    return value is not JsonValue || value.GetValueKind() != JsonValueKind.String
                        || Regex.IsMatch(value.GetValue<string>(), rule.GetValue<string>(), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
                case "minimum":
                    return value?.GetValueKind() != JsonValueKind.Number || Number(value) >= Number(rule);
                case "maximum":
                    return value?.GetValueKind() != JsonValueKind.Number || Number(value) <= Number(rule);
                case "minItems":
                    return value is not JsonArray array || array.Count >= Number(rule);
                case "required":
                    return value is not JsonObject whole || rule.AsArray().All(name => whole.ContainsKey(name!.GetValue<string>()));
                case "properties":
                    foreach (var (name, inner) in rule.AsObject())
                    {
                        if (value is JsonObject parent && parent.ContainsKey(name))
                        {
                            Check(inner!, parent[name], $"{path}.{name}");
                        }
                    }
                    return true;
                case "additionalProperties":
                    foreach (var (name, inner) in value as JsonObject ?? [])
                    {
                        if (schema["properties"]?[name] is null)
                        {
                            Check(rule, inner, $"{path}.{name}");
                        }
                    }
                    return true;
                case "items":
                    foreach (var (index, inner) in (value as JsonArray ?? []).Index())
                    {
                        Check(rule, inner, $"{path}[{index}]");
                    }
                    return true;
                default:
                    throw new NotSupportedException($"The schema uses '{word}', which this checker does not know.");
            }
        }
    }
}
