using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Dreamer.Training.Behavior;
using Dreamer.Training.Runs;

namespace Dreamer.Training;

/// <summary>Changes single options by their names, as command lines do.</summary>
public static class OptionOverrides
{
    /// <summary>Changes options.</summary>
    /// <param name="options">The options to start from.</param>
    /// <param name="overrides">
    /// Each a path and a value, <c>WorldModel.KlScale=0.1</c> or <c>Evaluation.TargetReturn=null</c>; case does not matter in the path. Of two
    /// for one path the later holds.
    /// </param>
    /// <returns>The changed options.</returns>
    /// <exception cref="ArgumentException">
    /// A path is unknown, a value is not of its type, or the options cannot be used; the message lists everything that is wrong.
    /// </exception>
    public static DreamerOptions Apply(DreamerOptions options, IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(overrides);
        var errors = new List<string>();
        options = Apply(options, overrides, errors);
        errors.AddRange(options.Errors());
        return errors.Count == 0 ? options : throw new ArgumentException(
            $"The options '{options.Preset}' cannot be used:\n- {string.Join("\n- ", errors)}", nameof(overrides));
    }

    /// <summary>Changes options without a look at whether they can be used together.</summary>
    /// <param name="options">The options to start from.</param>
    /// <param name="overrides">Each a path and a value.</param>
    /// <param name="errors">Receives what is wrong.</param>
    internal static DreamerOptions Apply(DreamerOptions options, IEnumerable<string> overrides, List<string> errors) =>
        overrides.Aggregate(options, (changed, text) => Apply(changed, text, errors));

    private static DreamerOptions Apply(DreamerOptions options, string text, List<string> errors)
    {
        if (text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var split))
        {
            errors.Add($"'{text}' is no path=value, as WorldModel.KlScale=0.1 is.");
            return options;
        }
        var (path, value) = (text[..split].Trim(), text[(split + 1)..].Trim());
        var tree = RunConfig.ToTree(options);
        if (Find(tree, path, errors) is not { } leaf)
        {
            return options;
        }
        // A number, true, false or null as they are in JSON; where that does not fit, as text: a name, NaN, a folder.
        foreach (var node in (Func<JsonNode?>[])[() => JsonNode.Parse(value), () => JsonValue.Create(value)])
        {
            try
            {
                leaf.Group[leaf.Property.Name] = node();
                return RunConfig.FromTree(tree);
            }
            catch (JsonException)
            {
                continue;
            }
        }
        errors.Add($"{path} cannot be '{value}'; it is {Describe(leaf.Property.PropertyType)}.");
        return options;
    }

    /// <summary>The group that a path's last name is in, and that name's property.</summary>
    private static (JsonObject Group, JsonPropertyInfo Property)? Find(JsonObject tree, string path, List<string> errors)
    {
        JsonTypeInfo type = RunJson.Default.DreamerOptions;
        var names = path.Split('.');
        for (var i = 0; ; i++)
        {
            var settable = Settable(type);
            var property = Array.Find(settable, property => string.Equals(property.Name, names[i], StringComparison.OrdinalIgnoreCase));
            var inner = property is null ? null : tree[property.Name] as JsonObject;
            var isLast = i == names.Length - 1;
            if (property is not null && isLast && inner is null)
            {
                return (tree, property);
            }
            if (property is null || isLast || inner is null)
            {
                errors.Add($"There is no option '{path}'. {Explain(type, property, string.Join('.', names[..(property is null ? i : i + 1)]))}");
                return null;
            }
            (tree, type) = (inner, type.Options.GetTypeInfo(property.PropertyType));
        }
    }

    private static JsonPropertyInfo[] Settable(JsonTypeInfo type) => [.. type.Properties.Where(property => property.Set is not null)];

    /// <summary>What there is where a path went wrong: in the group as far as it is known.</summary>
    private static string Explain(JsonTypeInfo type, JsonPropertyInfo? property, string group)
    {
        var inner = property is null ? type : type.Options.GetTypeInfo(property.PropertyType);
        var known = string.Join(", ", (inner.Kind == JsonTypeInfoKind.Object ? Settable(inner) : []).Select(p => p.Name));
        return group.Length == 0 ? $"There are: {known}."
            : known.Length == 0 ? $"{group} has no options of its own; it is {Describe(property!.PropertyType)}."
            : $"{group} has: {known}.";
    }

    private static string Describe(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var what = plain.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(plain))}"
            : plain == typeof(bool) ? "true or false"
            : plain == typeof(double) || plain == typeof(float) ? "a number"
            : plain == typeof(Schedule) ? "a number, linear(from,to,steps), warmup(steps,value), exp(from,to,halflife) or horizon(from,to,steps)"
            : plain == typeof(string) ? "a text"
            : RunJson.Default.GetTypeInfo(plain) is { Kind: JsonTypeInfoKind.Object } group
                ? $"null, or all of it as JSON, {{{string.Join(", ", Settable(group).Select(p => $"\"{p.Name}\": ..."))}}}"
            : "a whole number";
        return plain == type ? what : what + " or null";
    }
}
