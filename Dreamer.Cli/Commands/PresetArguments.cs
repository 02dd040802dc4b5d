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

    /// <summary>The options that a run is resumed with: its own, unless another preset or algorithm is named.</summary>
    /// <exception cref="ArgumentException">There is no such preset or algorithm.</exception>
    internal DreamerOptions Resume(ParseResult parsed, DreamerOptions run)
    {
        var preset = parsed.GetResult(_preset) is { Implicit: false } ? parsed.GetValue(_preset) : null;
        var (named, algorithm) = (preset is null ? null : DreamerPresets.Find(preset), parsed.GetValue(_algorithm));
        if ((named is null || named.Preset == run.Preset) && (algorithm is null || run.Algorithm == run.WithAlgorithm(algorithm).Algorithm))
        {
            return run;
        }
        var changed = named ?? DreamerPresets.Find(run.Preset);
        changed = algorithm is null ? changed : changed.WithAlgorithm(algorithm);
        return changed with
        {
            Environment = run.Environment,
            EnvironmentAssembly = run.EnvironmentAssembly,
            EnvironmentType = run.EnvironmentType,
            Seed = run.Seed,
            InitialWeights = run.InitialWeights,
            Replay = changed.Replay with
            {
                StartingEpisodes = run.Replay.StartingEpisodes, ActionTiming = run.Replay.ActionTiming, RewardTiming = run.Replay.RewardTiming,
            },
        };
    }

    /// <exception cref="ArgumentException">There is no such preset or algorithm.</exception>
    internal DreamerOptions Read(ParseResult parsed)
    {
        var options = DreamerPresets.Find(parsed.GetRequiredValue(_preset)!);
        return parsed.GetValue(_algorithm) is { } algorithm ? options.WithAlgorithm(algorithm) : options;
    }
}
