using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dreamer.Training.Runs;

namespace Dreamer.Training.Presets;

/// <summary>Options as a JSON file that says only what differs from something else, with a comment to every line.</summary>
/// <remarks>
/// Beside the options, <c>Base</c> names the preset that is differed from (without it, the defaults), and <c>Algorithms</c> what is laid
/// over that before the file itself. The files of the library are embedded in it.
/// </remarks>
internal static class PresetFile
{
    private const string Base = "Base";
    private const string Algorithms = "Algorithms";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The names of the embedded files in a folder, without their endings, sorted.</summary>
    public static IReadOnlyList<string> Names(string folder) =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".json", StringComparison.Ordinal) && name[..Math.Max(0, name.LastIndexOf('/'))] == folder)
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of an embedded file.</summary>
    public static string Text(string folder, string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{folder}/{name}.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The options that a text says.</summary>
    /// <param name="text">JSON, in which comments are allowed.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="preset">Finds the preset that it differs from.</param>
    /// <param name="algorithm">Lays an algorithm over options.</param>
    /// <exception cref="ArgumentException">It is no JSON, or says what there is not; the message lists everything that is wrong.</exception>
    public static DreamerOptions Read(
        string text, string source, Func<string, DreamerOptions> preset, Func<DreamerOptions, string, DreamerOptions> algorithm)
    {
        var overlay = Parse(text, source);
        var options = Take(overlay, Base) is { } name ? preset(name) : new DreamerOptions();
        if (Take(overlay, Algorithms) is { } which)
        {
            options = algorithm(options, which);
        }
        return Overlay(options, overlay, source);

        string? Take(JsonObject file, string key)
        {
            var value = file[key] is { } node
                ? node.GetValueKind() == JsonValueKind.String ? (string?)node : throw new ArgumentException($"'{source}': {key} is {node.ToJsonString()}; it must be a name.", nameof(text))
                : null;
            file.Remove(key);
            return value;
        }
    }

    /// <summary>Options with what a text says laid over them.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static DreamerOptions Overlay(DreamerOptions options, string text, string source) => Overlay(options, Parse(text, source), source);

    private static DreamerOptions Overlay(DreamerOptions options, JsonObject overlay, string source)
    {
        var errors = new List<string>();
        var changed = OptionOverrides.Apply(options, Leaves(overlay, RunConfig.ToTree(options), ""), errors);
        return errors.Count == 0 ? changed : throw new ArgumentException($"The preset '{source}' cannot be used:\n- {string.Join("\n- ", errors)}", nameof(source));
    }

    private static JsonObject Parse(string text, string source)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw new JsonException("It is no object.");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"'{source}' is no preset: {e.Message}", nameof(text), e);
        }
    }

    /// <summary>What single options are to be, by path; a group that the options do not have yet is one.</summary>
    private static IEnumerable<string> Leaves(JsonObject overlay, JsonObject tree, string path)
    {
        foreach (var (name, value) in overlay)
        {
            if (value is JsonObject group && tree[name] is JsonObject inner)
            {
                foreach (var leaf in Leaves(group, inner, $"{path}{name}."))
                {
                    yield return leaf;
                }
            }
            else
            {
                yield return $"{path}{name}={value?.ToJsonString() ?? "null"}";
            }
        }
    }
}
