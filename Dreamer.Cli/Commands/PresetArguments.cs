using System.CommandLine;
using Dreamer.Training;

namespace Dreamer.Cli.Commands;

/// <summary>Presets by name.</summary>
internal static class PresetArguments
{
    private static readonly DreamerOptions[] Presets = [DreamerPresets.Catch, DreamerPresets.Debug];

    internal static Option<string> Preset() => new("--preset")
    {
        Description = $"What to train with: {string.Join(", ", Presets.Select(p => p.Preset))}.",
        DefaultValueFactory = _ => DreamerPresets.Catch.Preset,
    };

    /// <exception cref="ArgumentException">There is no such preset.</exception>
    internal static DreamerOptions Find(string name) => Presets.FirstOrDefault(p => p.Preset == name) ?? throw new ArgumentException(
        $"There is no preset '{name}'. Known are: {string.Join(", ", Presets.Select(p => p.Preset))}.", nameof(name));
}
