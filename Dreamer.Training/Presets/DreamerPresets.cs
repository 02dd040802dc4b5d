using System.Collections.Concurrent;
using Dreamer.Training.Presets;

namespace Dreamer.Training;

/// <summary>
/// Options by name: those of the reference implementations, for environments that are not part of this product, and those that were tried on
/// the environments that are.
/// </summary>
/// <remarks>
/// They are JSON files with a comment to every line (the folder <c>Presets</c> of this project). An algorithm is laid over any of them with
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

    /// <summary>Catch, learnt on one core in about a minute.</summary>
    public static DreamerOptions Catch => Find("catch");

    /// <summary>Networks and batches so small that a run takes a moment; it learns nothing.</summary>
    public static DreamerOptions Debug => Find("debug");

    /// <summary>The preset of a name, or in a file.</summary>
    /// <param name="preset">One of <see cref="Names"/>, or the path of a JSON file that ends with <c>.json</c>.</param>
    /// <exception cref="ArgumentException">There is no such preset, or the file says what there is not; the message lists what is wrong.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
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

    /// <summary>The file of a preset, with its comments.</summary>
    /// <param name="preset">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static string TextOf(string preset) => Names.Contains(preset) ? PresetFile.Text(Folder, preset) : throw NoPreset(preset, nameof(preset));

    /// <summary>The file of what is laid over a preset for an algorithm, with its comments.</summary>
    /// <param name="algorithm">One of <see cref="Algorithms"/>.</param>
    /// <exception cref="ArgumentException">There is no such algorithm.</exception>
    public static string TextOfAlgorithm(string algorithm) => Algorithms.Contains(algorithm)
        ? PresetFile.Text(AlgorithmFolder, algorithm)
        : throw new ArgumentException($"There is no algorithm '{algorithm}'. Known are: {string.Join(", ", Algorithms)}.", nameof(algorithm));

    /// <summary>The options with another algorithm: what it does otherwise is laid over them, sizes and learning rates stay.</summary>
    /// <param name="options">The options to start from: DreamerV2's, or already that algorithm's.</param>
    /// <param name="algorithm">One of <see cref="Algorithms"/>.</param>
    /// <exception cref="ArgumentException">There is no such algorithm, or the options are another's, whose settings would stay.</exception>
    public static DreamerOptions WithAlgorithm(this DreamerOptions options, string algorithm)
    {
        ArgumentNullException.ThrowIfNull(options);
        var changed = PresetFile.Overlay(options, TextOfAlgorithm(algorithm), algorithm);
        if (options.Algorithm != DreamerAlgorithm.DreamerV2 && options.Algorithm != changed.Algorithm)
        {
            throw new ArgumentException(
                $"'{options.Preset}' is {options.Algorithm}'s; {algorithm} can be laid over options of {DreamerAlgorithm.DreamerV2} only.", nameof(options));
        }
        // A discount that is constant is the discount factor.
        return changed.Networks.ConstantDiscount is null
            ? changed : changed with { Networks = changed.Networks with { ConstantDiscount = changed.Discount } };
    }

    private static ArgumentException NoPreset(string name, string parameter) =>
        new($"There is no preset '{name}'. Known are: {string.Join(", ", Names)}; or the path of a .json file.", parameter);

    private static DreamerOptions Parse(string text, string name) => PresetFile.Read(text, name, Find, WithAlgorithm) with { Preset = name };
}
