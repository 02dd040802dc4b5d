using System.CommandLine;
using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Commands;

/// <summary>What several commands take.</summary>
internal static class AgentArguments
{
    internal static Argument<string> Agent() => new("agent") { Description = "The agent folder, onnx/catch say." };

    internal static Option<string?> Environment() => new("--env")
    {
        Description = $"The environment to play in; by default the one that the agent was trained in. Known: {string.Join(", ", EnvironmentRegistry.Default.Names)}.",
    };

    internal static Option<ulong> Seed() => new("--seed") { Description = "The seed of every random choice.", DefaultValueFactory = _ => 1 };

    internal static Option<int> Episodes(int count) => new("--episodes") { Description = "How many episodes.", DefaultValueFactory = _ => count };

    internal static IEnvironment CreateEnvironment(DreamerAgent agent, string? name, ulong seed) =>
        EnvironmentRegistry.Default.Create(name ?? agent.Manifest.Provenance.Environment, seed);
}
