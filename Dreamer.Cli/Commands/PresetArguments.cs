using System.CommandLine;
using System.CommandLine.Parsing;
using Dreamer.Training;

namespace Dreamer.Cli.Commands;

/// <summary>The options that choose a preset and the algorithm applied on top of it.</summary>
/// <param name="isOptional">Whether the preset may be omitted; otherwise the default is Catch's.</param>
internal sealed class PresetArguments(bool isOptional = false)
{
    private readonly Option<string?> _preset = new("--preset")
    {
        Description = $"The options to start from: {string.Join(", ", DreamerPresets.Names)}; or the path of a .json file in the same format (see 'dreamer presets NAME').",
        DefaultValueFactory = _ => isOptional ? null : DreamerPresets.Catch.Preset,
    };

    private readonly Option<string?> _algorithm = new("--algorithm")
    {
        Description = $"The algorithm, applied on top of the preset: {string.Join(", ", DreamerPresets.Algorithms)}; by default the preset's.",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(_preset);
        command.Options.Add(_algorithm);
    }

    /// <summary>Whether a preset was given.</summary>
    internal bool IsGiven(SymbolResult result) => result.GetValue(_preset) is not null;

    /// <exception cref="ArgumentException">There is no such preset or algorithm.</exception>
    internal DreamerOptions Read(ParseResult parsed)
    {
        var options = DreamerPresets.Find(parsed.GetRequiredValue(_preset)!);
        return parsed.GetValue(_algorithm) is { } algorithm ? options.WithAlgorithm(algorithm) : options;
    }
}
