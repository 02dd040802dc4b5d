using System.Text.Json;
using System.Text.Json.Nodes;
using Dreamer.Inference.IO;

namespace Dreamer.Training.Runs;

/// <summary>The options of a run as a file in its folder, for people to read and for what opens the run again.</summary>
internal static class RunConfig
{
    private const string FileName = "config.json";

    /// <summary>Whether a folder holds a run.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    public static void Write(string folder, DreamerOptions options) =>
        AtomicFile.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(options, RunJson.Default.DreamerOptions));

    /// <summary>Reads the options of a run, with the folder as it is called now; what the file does not say has its default.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no run.</exception>
    /// <exception cref="InvalidDataException">The file is no options.</exception>
    public static DreamerOptions Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no training run in '{folder}': '{path}' is missing.", path);
        }
        try
        {
            var file = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new JsonException("It is no object.");
            // Generated code gives what is missing the zero of its type, not the default of the options.
            var tree = ToTree(new DreamerOptions());
            Overlay(tree, file);
            return FromTree(tree) with { LogDirectory = folder };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' does not hold a run's options: {e.Message}", e);
        }
    }

    /// <summary>The options as a tree of objects, numbers and texts, all of them named.</summary>
    public static JsonObject ToTree(DreamerOptions options) =>
        (JsonObject)JsonSerializer.SerializeToNode(options, RunJson.Default.DreamerOptions)!;

    /// <summary>The options that a whole tree says.</summary>
    /// <exception cref="JsonException">A value is not of its type.</exception>
    public static DreamerOptions FromTree(JsonObject tree) =>
        tree.Deserialize(RunJson.Default.DreamerOptions) ?? throw new JsonException("The options are null.");

    private static void Overlay(JsonObject tree, JsonObject values)
    {
        foreach (var (name, value) in values)
        {
            if (tree[name] is JsonObject inner && value is JsonObject given)
            {
                Overlay(inner, given);
            }
            else
            {
                tree[name] = value?.DeepClone();
            }
        }
    }
}
