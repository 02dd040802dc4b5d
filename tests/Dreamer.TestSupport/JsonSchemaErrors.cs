using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Dreamer.TestSupport;

/// <summary>Validates JSON against a JSON schema.</summary>
public static class JsonSchemaErrors
{
    // Schemas register themselves by their id, so each is parsed once.
    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = new(StringComparer.Ordinal);

    /// <summary>Every error; none if the value is valid.</summary>
    public static IReadOnlyList<string> Find(JsonNode schema, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var parsed = Schemas.GetOrAdd(schema.ToJsonString(), text => JsonSchema.FromText(text));
        var results = parsed.Evaluate(JsonDocument.Parse(value?.ToJsonString() ?? "null").RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        string[] errors = [.. (results.Details ?? []).SelectMany(detail => (detail.Errors ?? []).Select(error => $"{detail.InstanceLocation}: {error.Key}: {error.Value}"))];
        return results.IsValid ? [] : errors.Length > 0 ? errors : ["invalid"];
    }
}
