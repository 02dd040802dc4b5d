using System.CommandLine;
using Dreamer.Inference.Episodes;

namespace Dreamer.Cli.Commands;

/// <summary>The options that say how episodes were recorded.</summary>
internal sealed class RecordingArguments
{
    private readonly Option<RecordedTiming?> _action = Timing(
        "--action-timing", "Which step the action and the reward of a recorded row belong to: led-here, the step that led to the row (the reference's layout, the default), " +
        "or taken-here, the step taken at the row.");

    private readonly Option<RecordedTiming?> _reward = Timing("--reward-timing", "The same for the reward alone; by default that of --action-timing.");

    internal void AddTo(Command command)
    {
        command.Options.Add(_action);
        command.Options.Add(_reward);
    }

    /// <summary>The timing of actions, or null if it is not given.</summary>
    internal RecordedTiming? ActionTiming(ParseResult parsed) => parsed.GetValue(_action);

    /// <summary>The timing of rewards, or null if it is not given.</summary>
    internal RecordedTiming? RewardTiming(ParseResult parsed) => parsed.GetValue(_reward);

    private static Option<RecordedTiming?> Timing(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            switch (result.Tokens.Single().Value)
            {
                case "led-here":
                    return RecordedTiming.LedHere;
                case "taken-here":
                    return RecordedTiming.TakenHere;
                default:
                    result.AddError($"{name} is '{result.Tokens.Single().Value}'; allowed: led-here, taken-here.");
                    return null;
            }
        },
    };
}
