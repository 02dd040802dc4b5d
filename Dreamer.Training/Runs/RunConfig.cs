using System.Text.Json;
using System.Text.Json.Nodes;
using Dreamer.Inference.IO;
using Dreamer.Training.Options;

namespace Dreamer.Training.Runs;

/// <summary>The options of a run as a file in its folder, for people and for reopening the run.</summary>
internal static class RunConfig
{
    private const string FileName = "config.json";

    /// <summary>Whether a folder holds a run.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    public static void Write(string folder, DreamerOptions options) =>
        AtomicFile.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(options, OptionsJson.Default.DreamerOptions));

    /// <summary>What differs between the options that a run was last started with and new ones, one text each.</summary>
    public static IReadOnlyList<string> Changes(string folder, DreamerOptions options) => !Exists(folder) ? [] :
    [
        .. OptionDifferences.Between(OptionTree.FromOptions(Read(folder)), OptionTree.FromOptions(options with { LogDirectory = folder }))
            .Select(difference => $"{difference.Path} {difference.Old} -> {difference.New}"),
    ];

    /// <summary>Reads the options of a run, with its folder's current path; an option that the file lacks has its default.</summary>
    /// <exception cref="FileNotFoundException">The folder does not hold a run.</exception>
    /// <exception cref="InvalidDataException">The file does not hold options.</exception>
    public static DreamerOptions Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no training run in '{folder}': '{path}' is missing.", path);
        }
        try
        {
            var file = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new JsonException("it is not a JSON object.");
            var errors = new List<string>();
            var options = OptionTree.Merge(new DreamerOptions(), file, errors, ignoreUnknown: true) with { LogDirectory = folder };
            return errors.Count == 0 ? options : throw new JsonException(string.Join(" ", errors));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' does not hold a run's options: {e.Message}", e);
        }
    }
}
