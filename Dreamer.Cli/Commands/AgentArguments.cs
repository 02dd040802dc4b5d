using System.CommandLine;

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
    internal static Option<int> AtLeastOne(Option<int> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{option.Name} is {result.GetValueOrDefault<int>()}; it must be at least 1.");
            }
        });
        return option;
    }
}
