using System.Diagnostics;
using Dreamer.Cli.Rendering;
using Dreamer.Cli.Reporting;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Inference.IO;
using Dreamer.Training;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;
using Spectre.Console;

namespace Dreamer.Cli.Demo;

/// <summary>Runs the whole product end to end: train, export, record, score, play, report.</summary>
/// <remarks>
/// Each stage writes its files atomically and training keeps checkpoints, so the demo can be stopped at any time and resumed with the same
/// command.
/// </remarks>
internal sealed class DemoRunner(IAnsiConsole console, DemoSettings settings, DemoFolder folder, TimeProvider time)
{
    private const int Stages = 6;

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <returns>Whether every check passed.</returns>
    internal async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var seed = settings.Options.Seed;
        using (var trainer = await TrainAsync(cancellationToken))
        {
            if (trainer is null)
            {
                return false;
            }

            Title(2, "export to ONNX, and compare with TorchSharp on fresh random inputs");
            await trainer.ExportAsync(folder.Agent, cancellationToken);
            var parity = trainer.CheckExport(folder.Agent);
            ParityTable.Write(console, parity);
            if (!parity.Passed)
            {
                return Fail("the exported graphs differ from the networks.");
            }
        }

        Title(3, $"record {settings.RecordedEpisodes} greedy episodes");
        Record(seed, cancellationToken);

        Title(4, "score the recordings with an ML.NET pipeline, here and loaded in a new process");
        if (!await PipelineStage.RunAsync(console, folder, seed, cancellationToken))
        {
            return Fail("the pipeline's scores differ from the live session's.");
        }

        Title(5, $"play {settings.PlayedEpisodes} episodes from the agent folder alone");
        Play(seed + 1, cancellationToken);

        Title(6, "write a report");
        WriteReport(seed + 2, cancellationToken);
        console.MarkupLineInterpolated($"[bold]done[/] in {Stopwatch.GetElapsedTime(_start):mm\\:ss}");
        return true;
    }

    private async Task<DreamerTrainer?> TrainAsync(CancellationToken cancellationToken)
    {
        var options = settings.Options with { LogDirectory = folder.Run };
        var target = options.Evaluation.TargetReturn is { } goal ? $" until greedy evaluation reaches {goal:F2}" : "; too short to learn";
        Title(1, $"train DreamerV2 on {options.Environment} from pixels, at most {options.MaxUpdates} updates{target}");
        var (trainer, result) = await TrainingView.ShowAsync(console, async observer =>
        {
            var created = new DreamerTrainer(options, observer, time);
            return (created, await created.RunAsync(cancellationToken));
        });
        var score = result.Evaluation is { } evaluation
            ? $"return {evaluation.Return.ToString("greedy")}"
            : "not evaluated";
        console.MarkupLineInterpolated($"  {result.Updates} updates, {result.EnvironmentSteps} environment steps, {result.Elapsed:mm\\:ss}: {score}");
        cancellationToken.ThrowIfCancellationRequested();
        if (settings.MustLearn && result.Reason != StopReason.TargetReached)
        {
            trainer.Dispose();
            Fail($"the target was not reached within {options.MaxUpdates} updates.");
            return null;
        }
        return trainer;
    }

    private void Record(ulong seed, CancellationToken cancellationToken)
    {
        using var agent = DreamerAgent.Load(folder.Agent);
        using var player = CreatePlayer(agent, new AgentPlayerOptions { Seed = seed, Outputs = AgentOutputs.All, EpisodePrefix = "demo-" });
        ReturnStatistics? result = null;
        AtomicDirectory.Replace(folder.Recordings, temporary => result = player.Evaluate(
            settings.RecordedEpisodes, episode => EpisodeFile.Save(temporary, episode, time.GetUtcNow()), cancellationToken));
        console.MarkupLineInterpolated($"  return {result}, recorded in {folder.Recordings}");
    }

    private void Play(ulong seed, CancellationToken cancellationToken)
    {
        using var agent = DreamerAgent.Load(folder.Agent);
        using var player = CreatePlayer(agent, new AgentPlayerOptions { Seed = seed });
        console.MarkupLineInterpolated($"  return {player.Evaluate(settings.PlayedEpisodes, cancellationToken: cancellationToken)}");
        var cost = player.Cost;
        console.MarkupLineInterpolated($"  one Act: median {cost.Median.TotalMicroseconds:F1} us, {cost.BytesPerCall:F0} bytes allocated, over {cost.Calls} calls");
    }

    private void WriteReport(ulong seed, CancellationToken cancellationToken)
    {
        using var agent = DreamerAgent.Load(folder.Agent);
        HtmlReport.Write(
            folder.Report, AgentReport.Create(agent, CreateEnvironment(agent, seed), [folder.Run], new ReportSettings { Seed = seed }, cancellationToken));
        console.MarkupLineInterpolated($"  {folder.Report}");
    }

    private static AgentPlayer CreatePlayer(DreamerAgent agent, AgentPlayerOptions options) => new(agent, CreateEnvironment(agent, options.Seed), options);

    private static IEnvironment CreateEnvironment(DreamerAgent agent, ulong seed) =>
        EnvironmentRegistry.Default.Create(agent.Manifest.Provenance.Environment, seed);

    private void Title(int stage, string title) =>
        console.MarkupLineInterpolated($"[bold]{stage}/{Stages}[/] {Stopwatch.GetElapsedTime(_start):mm\\:ss}  {title}");

    private bool Fail(string reason)
    {
        console.MarkupLineInterpolated($"[red]failed:[/] {reason}");
        return false;
    }
}
