using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;
using Spectre.Console;

namespace Dreamer.Cli.Demo;

/// <summary>Step 5: the agent folder alone plays, as a production service would let it.</summary>
internal static class PlayStep
{
    internal static void Run(IAnsiConsole console, DemoFolder folder, int episodes, ulong seed, CancellationToken cancellationToken)
    {
        using var agent = DreamerAgent.Load(folder.Agent);
        var environment = EnvironmentRegistry.Default.Create(agent.Manifest.Provenance.Environment, seed);
        using var player = new AgentPlayer(agent, environment, new AgentPlayerOptions { Seed = seed });
        var result = player.Evaluate(episodes, cancellationToken: cancellationToken);
        var cost = player.Cost;
        console.MarkupLineInterpolated($"  return {result}");
        console.MarkupLineInterpolated($"  one Act: median {cost.Median.TotalMicroseconds:F1} us, {cost.BytesPerCall:F0} bytes allocated, over {cost.Calls} calls");
    }
}
