using System.Collections.Concurrent;
using Dreamer.Training.Presets;

namespace Dreamer.Training;

/// <summary>
/// Options by name: those of the reference implementations, for environments outside this product, and those tested on
/// its own environments.
/// </summary>
/// <remarks>
/// Presets are commented JSON files (the folder <c>Presets</c> of this project). Lay an algorithm over any of them with
/// <see cref="WithAlgorithm"/>. Thread-safe.
/// </remarks>
public static class DreamerPresets
{
    private const string Folder = "Presets";
    private const string AlgorithmFolder = "Presets/Algorithms";

    private static readonly ConcurrentDictionary<string, DreamerOptions> Read = new(StringComparer.Ordinal);

    /// <summary>The names of all presets, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = PresetFile.Names(Folder);

    /// <summary>The names of all algorithms, sorted.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = PresetFile.Names(AlgorithmFolder);

    /// <summary>The reference's defaults: images of 64x64, large networks.</summary>
    public static DreamerOptions Defaults => Find("defaults");

    /// <summary>Atari from gray images of 64x64.</summary>
    public static DreamerOptions Atari => Find("atari");

    /// <summary>Crafter from color images of 64x64.</summary>
    public static DreamerOptions Crafter => Find("crafter");

    /// <summary>Continuous control from color images of 64x64.</summary>
    public static DreamerOptions DmcVision => Find("dmc-vision");

    /// <summary>Continuous control from vectors.</summary>
    public static DreamerOptions DmcProprio => Find("dmc-proprio");

    /// <summary>DreamerV1 with its sizes for control from color images of 64x64.</summary>
    public static DreamerOptions DreamerV1 => Find("dreamer-v1");

    /// <summary>DreamerV3 in its small size.</summary>
    public static DreamerOptions DreamerV3 => Find("dreamer-v3");

    /// <summary>Catch, which one core learns in about a minute.</summary>
    public static DreamerOptions Catch => Find("catch");

    /// <summary>Tiny networks and batches for runs of a few seconds that learn nothing.</summary>
    public static DreamerOptions Debug => Find("debug");

    /// <summary>Finds a preset by name, or reads one from a file.</summary>
    /// <param name="preset">One of <see cref="Names"/>, or the path of a JSON file that ends with <c>.json</c>.</param>
    /// <exception cref="ArgumentException">The preset is unknown, or the file is invalid; the message lists every error.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static DreamerOptions Find(string preset)
    {
        ArgumentException.ThrowIfNullOrEmpty(preset);
        if (Names.Contains(preset))
        {
            return Read.GetOrAdd(preset, static name => Parse(PresetFile.Text(Folder, name), name));
        }
        return preset.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? Parse(File.ReadAllText(preset), Path.GetFileNameWithoutExtension(preset))
            : throw NoPreset(preset, nameof(preset));
    }

    /// <summary>The JSON text of a preset, with its comments.</summary>
    /// <param name="preset">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">The preset is unknown.</exception>
    public static string TextOf(string preset) => Names.Contains(preset) ? PresetFile.Text(Folder, preset) : throw NoPreset(preset, nameof(preset));

    /// <summary>The JSON text of an algorithm, with its comments.</summary>
    /// <param name="algorithm">One of <see cref="Algorithms"/>.</param>
    /// <exception cref="ArgumentException">The algorithm is unknown.</exception>
    public static string TextOfAlgorithm(string algorithm) => Algorithms.Contains(algorithm)
        ? PresetFile.Text(AlgorithmFolder, algorithm)
        : throw new ArgumentException($"There is no algorithm '{algorithm}'. The algorithms are: {string.Join(", ", Algorithms)}.", nameof(algorithm));

    /// <summary>Lays an algorithm over options: its differences from DreamerV2 replace their values; sizes and learning rates stay.</summary>
    /// <param name="options">Options of DreamerV2, or of the same algorithm.</param>
    /// <param name="algorithm">One of <see cref="Algorithms"/>.</param>
    /// <exception cref="ArgumentException">The algorithm is unknown, or the options are another algorithm's, whose settings would remain.</exception>
    public static DreamerOptions WithAlgorithm(this DreamerOptions options, string algorithm)
    {
        ArgumentNullException.ThrowIfNull(options);
        var changed = PresetFile.Overlay(options, TextOfAlgorithm(algorithm), algorithm);
        if (options.Algorithm != DreamerAlgorithm.DreamerV2 && options.Algorithm != changed.Algorithm)
        {
            throw new ArgumentException(
                $"'{options.Preset}' has the algorithm {options.Algorithm}; {algorithm} needs options of {DreamerAlgorithm.DreamerV2}.", nameof(options));
        }
        // A constant discount is the discount factor.
        return changed.Networks.ConstantDiscount is null
            ? changed : changed with { Networks = changed.Networks with { ConstantDiscount = changed.Discount } };
    }

    private static ArgumentException NoPreset(string name, string parameter) =>
        new($"There is no preset '{name}'. The presets are: {string.Join(", ", Names)}; or the path of a .json file.", parameter);

    private static DreamerOptions Parse(string text, string name) => PresetFile.Read(text, name, Find, WithAlgorithm) with { Preset = name };
}
