using System.Text.Json.Nodes;

namespace Dreamer.Training.Options;

/// <summary>Compares options value by value.</summary>
internal static class OptionDifferences
{
    /// <summary>Every value in which two trees differ.</summary>
    /// <param name="old">The old tree.</param>
    /// <param name="changed">The new one.</param>
    /// <returns>For each the path, and the two values as JSON; <c>missing</c> if a tree lacks it.</returns>
    public static IEnumerable<(string Path, string Old, string New)> Between(JsonNode? old, JsonNode? changed) => Between(old, changed, "");

    private static IEnumerable<(string Path, string Old, string New)> Between(JsonNode? old, JsonNode? changed, string path)
    {
        if (old is JsonObject before && changed is JsonObject after)
        {
            var names = before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key));
            return names.SelectMany(name => before.ContainsKey(name) && after.ContainsKey(name)
                ? Between(before[name], after[name], Join(path, name))
                : [(Join(path, name), Text(before, name), Text(after, name))]);
        }
        return JsonNode.DeepEquals(old, changed) ? [] : [(path, Text(old), Text(changed))];
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Text(JsonObject values, string name) => values.TryGetPropertyValue(name, out var value) ? Text(value) : "missing";

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
