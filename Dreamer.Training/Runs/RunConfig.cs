using System.Text.Json;
using System.Text.Json.Serialization;
using Dreamer.Inference.IO;

namespace Dreamer.Training.Runs;

/// <summary>The options of a run as a file in its folder, for people to read and for what opens the run again.</summary>
internal static class RunConfig
{
    private const string FileName = "config.json";

    public static JsonSerializerOptions Json { get; } = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
    };

    public static void Write(string folder, DreamerOptions options) =>
        AtomicFile.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(options, Json));

    /// <summary>Reads the options of a run, with the folder as it is called now.</summary>
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
            var options = JsonSerializer.Deserialize<DreamerOptions>(File.ReadAllBytes(path), Json);
            return (options ?? throw new JsonException("null")) with { LogDirectory = folder };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' does not hold a run's options: {e.Message}", e);
        }
    }
}
