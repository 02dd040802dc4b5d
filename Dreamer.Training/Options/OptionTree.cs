using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Dreamer.Training.Behavior;

namespace Dreamer.Training.Options;

/// <summary>
/// Options as a JSON tree, and the only place that merges values into them: presets, algorithms, single options of a command line, and
/// the configuration file of a run.
/// </summary>
internal static class OptionTree
{
    /// <summary>The tree of some options; every option is in it.</summary>
    public static JsonObject FromOptions(DreamerOptions options) =>
        (JsonObject)JsonSerializer.SerializeToNode(options, OptionsJson.Default.DreamerOptions)!;

    /// <summary>Lays values over options.</summary>
    /// <param name="options">The options to start from.</param>
    /// <param name="overlay">The values, in the same groups as the options; case does not matter in names.</param>
    /// <param name="errors">Receives an error for each value of the wrong type, and for each unknown name.</param>
    /// <param name="ignoreUnknown">Whether to ignore unknown names, which another version of this library may have written.</param>
    /// <returns>The options with every valid value.</returns>
    public static DreamerOptions Merge(DreamerOptions options, JsonObject overlay, ICollection<string> errors, bool ignoreUnknown = false)
    {
        var tree = FromOptions(options);
        Merge(tree, OptionsJson.Default.DreamerOptions, overlay, "", errors, ignoreUnknown);
        return tree.Deserialize(OptionsJson.Default.DreamerOptions)!;
    }

    private static void Merge(
        JsonObject tree, JsonTypeInfo type, JsonObject overlay, string path, ICollection<string> errors, bool ignoreUnknown)
    {
        foreach (var (name, value) in overlay)
        {
            var property = Array.Find(Settable(type), property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                if (!ignoreUnknown)
                {
                    errors.Add($"There is no option '{path}{name}'. {Known(type, path.TrimEnd('.'))}");
                }
                continue;
            }
            var group = type.Options.GetTypeInfo(property.PropertyType);
            if (tree[property.Name] is JsonObject inner && value is JsonObject values)
            {
                Merge(inner, group, values, $"{path}{name}.", errors, ignoreUnknown);
            }
            else if (!ignoreUnknown && value is JsonObject part && !IsWhole(part, group))
            {
                errors.Add($"There is no option '{path}{name}.{part.FirstOrDefault().Key}'. {Known(group, path + name)}");
            }
            else if (tree[property.Name] is JsonObject && !(value is null && property.IsSetNullable))
            {
                errors.Add($"There is no option '{path}{name}'. {Known(group, path + name)}");
            }
            else if (TryConvert(value, group, out var converted))
            {
                tree[property.Name] = converted;
            }
            else
            {
                errors.Add($"{path}{name} cannot be '{Text(value)}'; it is {Describe(property.PropertyType)}.");
            }
        }
    }

    private static bool IsWhole(JsonObject value, JsonTypeInfo type) =>
        Settable(type) is { Length: > 0 } options && options.All(option => value.ContainsKey(option.Name));

    /// <summary>Converts a value to one that a type accepts: the value itself, or its text.</summary>
    private static bool TryConvert(JsonNode? value, JsonTypeInfo type, out JsonNode? converted)
    {
        foreach (var node in (JsonNode?[])[value?.DeepClone(), JsonValue.Create(Text(value))])
        {
            try
            {
                _ = node.Deserialize(type);
                converted = node;
                return true;
            }
            catch (JsonException)
            {
                continue;
            }
        }
        converted = null;
        return false;
    }

    private static string Text(JsonNode? value) => value is null ? "null"
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static JsonPropertyInfo[] Settable(JsonTypeInfo type) => type.Kind == JsonTypeInfoKind.Object
        ? [.. type.Properties.Where(property => property.Set is not null)] : [];

    /// <summary>The valid names in a group.</summary>
    private static string Known(JsonTypeInfo type, string group)
    {
        var names = string.Join(", ", Settable(type).Select(option => option.Name));
        return group.Length == 0 ? $"The options are: {names}."
            : names.Length == 0 ? $"{group} has no options of its own; it is {Describe(type.Type)}."
            : $"{group} has: {names}.";
    }

    private static string Describe(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var what = plain.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(plain))}"
            : plain == typeof(bool) ? "true or false"
            : plain == typeof(double) || plain == typeof(float) ? "a number"
            : plain == typeof(Schedule) ? $"a number, {Schedule.Syntax}"
            : plain == typeof(string) ? "text"
            : plain == typeof(TimeSpan) ? "a time in seconds, or hh:mm:ss,"
            : OptionsJson.Default.GetTypeInfo(plain) is { Kind: JsonTypeInfoKind.Object } group
                ? $"null, or a JSON object with all of {{{string.Join(", ", Settable(group).Select(option => $"\"{option.Name}\": ..."))}}}"
            : "a whole number";
        return plain == type ? what : what + " or null";
    }
}
