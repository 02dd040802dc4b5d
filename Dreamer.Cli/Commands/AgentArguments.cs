using System.CommandLine;

namespace Dreamer.Cli.Commands;

/// <summary>What several commands take.</summary>
internal static class AgentArguments
{
    internal static Argument<string> Agent() => new("agent") { Description = "The agent folder, onnx/catch say." };

    internal static EnvironmentArguments Environment() => new("the one that the agent was trained in");

    internal static Option<ulong> Seed() => new("--seed") { Description = "The seed of every random choice.", DefaultValueFactory = _ => 1 };

    internal static Option<int> Episodes(int count) => new("--episodes") { Description = "How many episodes.", DefaultValueFactory = _ => count };
}
