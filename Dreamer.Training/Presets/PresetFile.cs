using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dreamer.Training.Options;
using Dreamer.Training.Validation;

namespace Dreamer.Training.Presets;

/// <summary>Options as a JSON file that holds only what differs from other options.</summary>
/// <remarks>
/// In addition to options, <c>Base</c> names the preset to start from (by default the defaults of all options), and <c>Algorithms</c> the
/// algorithm to lay over it before the file itself. The files of this library are embedded in it.
/// </remarks>
internal static class PresetFile
{
    private const string Base = "Base";
    private const string Algorithms = "Algorithms";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The names of the embedded files in a folder, without extensions, sorted.</summary>
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

    /// <summary>Reads options from JSON.</summary>
    /// <param name="text">JSON, in which comments are allowed.</param>
    /// <param name="source">Its name in messages.</param>
    /// <param name="preset">Finds the preset to start from.</param>
    /// <param name="algorithm">Lays an algorithm over options.</param>
    /// <exception cref="ArgumentException">It is not JSON, or an option is invalid; the message lists every error.</exception>
    public static DreamerOptions Read(
        string text, string source, Func<string, DreamerOptions> preset, Func<DreamerOptions, string, DreamerOptions> algorithm)
    {
        var overlay = Parse(text, source);
        var options = Take(Base) is { } name ? preset(name) : new DreamerOptions();
        if (Take(Algorithms) is { } which)
        {
            options = algorithm(options, which);
        }
        return Overlay(options, overlay, source);

        string? Take(string key)
        {
            overlay.Remove(key, out var node);
            return node is null || node.GetValueKind() == JsonValueKind.String
                ? (string?)node
                : throw new ArgumentException($"'{source}': {key} is {node.ToJsonString()}; it must be a name.", nameof(text));
        }
    }

    /// <summary>Lays JSON over options.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static DreamerOptions Overlay(DreamerOptions options, string text, string source) => Overlay(options, Parse(text, source), source);

    private static DreamerOptions Overlay(DreamerOptions options, JsonObject overlay, string source)
    {
        var errors = new List<string>();
        var changed = OptionTree.Merge(options, overlay, errors);
        OptionErrors.Validate(errors, $"The options in '{source}'", nameof(source));
        return changed;
    }

    private static JsonObject Parse(string text, string source)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw new JsonException("it is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"'{source}' is not a preset: {e.Message}", nameof(text), e);
        }
    }
}
