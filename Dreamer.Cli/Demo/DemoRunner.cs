using System.Diagnostics;
using Dreamer.Cli.Rendering;
using Dreamer.Training;
using Spectre.Console;

namespace Dreamer.Cli.Demo;

/// <summary>Everything the product does, end to end: train, export, record, score, play, report.</summary>
/// <remarks>
/// Each step writes what it makes in one move and the training keeps checkpoints, so the demo may be stopped at any moment and
/// started again by the same command.
/// </remarks>
internal sealed class DemoRunner(IAnsiConsole console, DemoSettings settings, DemoFolder folder, TimeProvider time)
{
    private const int Steps = 6;

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <returns>Whether everything that was claimed came true.</returns>
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
        RecordStep.Run(console, folder, settings.RecordedEpisodes, seed, time, cancellationToken);

        Title(4, "score the recordings with an ML.NET pipeline, here and loaded in a new process");
        if (!await ScoreStep.RunAsync(console, folder, seed, cancellationToken))
        {
            return Fail("the pipeline's scores are not what the live session saw.");
        }

        Title(5, $"play {settings.PlayedEpisodes} episodes from the agent folder alone");
        PlayStep.Run(console, folder, settings.PlayedEpisodes, seed + 1, cancellationToken);

        Title(6, "write a report");
        ReportStep.Run(console, folder, seed + 2, cancellationToken);
        console.MarkupLineInterpolated($"[bold]done[/] in {Stopwatch.GetElapsedTime(_start):mm\\:ss}");
        return true;
    }

    private async Task<DreamerTrainer?> TrainAsync(CancellationToken cancellationToken)
    {
        var options = settings.Options with { LogDirectory = folder.Run };
        var target = options.Evaluation.TargetReturn is { } goal ? $" until greedy evaluation reaches {goal:F2}" : "; no learning is claimed";
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

    private void Title(int step, string what) =>
        console.MarkupLineInterpolated($"[bold]{step}/{Steps}[/] {Stopwatch.GetElapsedTime(_start):mm\\:ss}  {what}");

    private bool Fail(string why)
    {
        console.MarkupLineInterpolated($"[red]failed:[/] {why}");
        return false;
    }
}
