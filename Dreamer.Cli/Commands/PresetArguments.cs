using System.CommandLine;
using Dreamer.Training;

namespace Dreamer.Cli.Commands;

/// <summary>Presets by name.</summary>
internal static class PresetArguments
{
    private static readonly DreamerOptions[] Presets = [DreamerPresets.Catch, DreamerPresets.Debug, .. ReferencePresets.All];

    internal static Option<string> Preset() => new("--preset")
    {
        Description = $"The options to start from: {string.Join(", ", Presets.Select(p => p.Preset))}.",
        DefaultValueFactory = _ => DreamerPresets.Catch.Preset,
    };

    /// <exception cref="ArgumentException">There is no such preset.</exception>
    internal static DreamerOptions Find(string name) => Presets.FirstOrDefault(p => p.Preset == name) ?? throw new ArgumentException(
        $"There is no preset '{name}'. Known are: {string.Join(", ", Presets.Select(p => p.Preset))}.", nameof(name));
}
