using System.Text.Json;
using System.Text.Json.Nodes;
using Dreamer.Training.Options;
using Dreamer.Training.Validation;

namespace Dreamer.Training;

/// <summary>Changes single options by their names, as command lines do.</summary>
public static class OptionOverrides
{
    /// <summary>Changes options.</summary>
    /// <param name="options">The options to start from.</param>
    /// <param name="overrides">
    /// Each a path and a value: <c>WorldModel.KlScale=0.1</c> or <c>Evaluation.TargetReturn=null</c>. Case does not matter in a path. If
    /// a path occurs twice, the later value wins.
    /// </param>
    /// <returns>The changed options.</returns>
    /// <exception cref="ArgumentException">
    /// A path is unknown, a value has the wrong type, or the options are invalid; the message lists every error.
    /// </exception>
    public static DreamerOptions Apply(DreamerOptions options, IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(overrides);
        var errors = new List<string>();
        options = overrides.Aggregate(options, (changed, text) => Apply(changed, text, errors));
        errors.AddRange(options.Errors());
        OptionErrors.Validate(errors, $"The options '{options.Preset}'", nameof(overrides));
        return options;
    }

    private static DreamerOptions Apply(DreamerOptions options, string text, List<string> errors)
    {
        if (text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var split))
        {
            errors.Add($"'{text}' is not of the form path=value, for example WorldModel.KlScale=0.1.");
            return options;
        }
        var overlay = Parse(text[(split + 1)..].Trim());
        foreach (var name in text[..split].Trim().Split('.').Reverse())
        {
            overlay = new JsonObject { [name] = overlay };
        }
        return OptionTree.Merge(options, (JsonObject)overlay!, errors);
    }

    // JSON's numbers, true, false, null and objects; anything else is text: a name, NaN, a folder.
    private static JsonNode? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
