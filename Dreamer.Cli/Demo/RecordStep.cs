using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Inference.IO;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;
using Spectre.Console;

namespace Dreamer.Cli.Demo;

/// <summary>Step 3: the exported agent plays, and its episodes are recorded in the reference's format.</summary>
internal static class RecordStep
{
    internal static void Run(IAnsiConsole console, DemoFolder folder, int episodes, ulong seed, TimeProvider time, CancellationToken cancellationToken)
    {
        using var agent = DreamerAgent.Load(folder.Agent);
        var environment = EnvironmentRegistry.Default.Create(agent.Manifest.Provenance.Environment, seed);
        var options = new AgentPlayerOptions { Seed = seed, Outputs = AgentOutputs.All, EpisodePrefix = "demo-" };
        using var player = new AgentPlayer(agent, environment, options);
        ReturnStatistics? result = null;
        AtomicDirectory.Replace(folder.Recordings, temporary => result = player.Evaluate(
            episodes, episode => EpisodeFile.Save(temporary, episode, time.GetUtcNow()), cancellationToken));
        console.MarkupLineInterpolated($"  return {result}, recorded in {folder.Recordings}");
    }
}
