using System.CommandLine;
using System.Globalization;

namespace Dreamer.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class AgentArguments
{
    internal static Argument<string> Agent() => new("agent") { Description = "An agent folder, such as onnx/catch." };

    internal static Argument<string> AgentOrRun() => new("path") { Description = "An agent folder, such as onnx/catch, or the folder of a training run." };

    internal static EnvironmentArguments Environment() => new("the one the agent was trained in");

    internal static Option<ulong> Seed() => new("--seed") { Description = "The seed of all random choices.", DefaultValueFactory = _ => 1 };

    internal static Option<int> Episodes(int count) => AtLeastOne(new("--episodes") { Description = "The number of episodes to play.", DefaultValueFactory = _ => count });

    /// <summary>Makes the parser reject values below 1.</summary>
    internal static Option<int> AtLeastOne(Option<int> option) => InRange(option, int.MaxValue, "at least 1");

    /// <summary>Makes the parser reject values below 1 or above a maximum.</summary>
    internal static Option<int> InRange(Option<int> option, int maximum, string allowed)
    {
        option.Validators.Add(result =>
        {
            // The parser itself reports text that is not a number.
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                && (value < 1 || value > maximum))
            {
                result.AddError($"{option.Name} is {value}; it must be {allowed}.");
            }
        });
        return option;
    }
}
