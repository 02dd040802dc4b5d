using Dreamer.Cli.Reporting;
using Dreamer.Inference;
using Dreamer.Training.Environments;
using Spectre.Console;

namespace Dreamer.Cli.Demo;

/// <summary>Step 6: a page to look at.</summary>
internal static class ReportStep
{
    internal static void Run(IAnsiConsole console, DemoFolder folder, ulong seed, CancellationToken cancellationToken)
    {
        using var agent = DreamerAgent.Load(folder.Agent);
        var environment = EnvironmentRegistry.Default.Create(agent.Manifest.Provenance.Environment, seed);
        HtmlReport.Write(folder.Report, AgentReport.Create(agent, environment, [folder.Run], new ReportSettings { Seed = seed }, cancellationToken));
        console.MarkupLineInterpolated($"  {folder.Report}");
    }
}
