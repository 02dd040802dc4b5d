using System.Diagnostics;
using System.Reflection;
using Dreamer.Cli.Scoring;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Microsoft.ML;
using Spectre.Console;

namespace Dreamer.Cli.Demo;

/// <summary>Stage 4: scores the recordings with an ML.NET pipeline, here and in a new process that loads the saved pipeline.</summary>
internal static class PipelineStage
{
    /// <returns>Whether the scores equal the live session's, both here and in the new process.</returns>
    internal static async Task<bool> RunAsync(IAnsiConsole console, DemoFolder folder, ulong seed, CancellationToken cancellationToken)
    {
        var recordings = Path.Combine(folder.Recordings, "*.npz");
        var recorded = Directory.EnumerateFiles(folder.Recordings, "*.npz").Order(StringComparer.Ordinal).Select(EpisodeFile.Read).ToList();
        var ml = new MLContext(seed: 0);
        List<ScoredRow> here;
        using (var agent = DreamerAgent.Load(folder.Agent))
        {
            var episodes = ml.Data.LoadFromEpisodes(recordings);
            var model = ScorePipeline.Fit(ml, agent, episodes, seed);
            ScorePipeline.SaveModel(ml, model, episodes.Schema, folder.Pipeline);
            here = Rows(ml, model.Transform(episodes));
            (model as IDisposable)?.Dispose();
        }
        var exact = Print(console, "here", RecordingComparison.Compare(here, recorded));

        await ScoreInNewProcessAsync(folder, recordings, cancellationToken);
        var there = Rows(ml, ml.Data.LoadFromBinary(folder.Scores));
        exact &= Print(console, "loaded in a new process", RecordingComparison.Compare(there, recorded));
        return exact;
    }

    private static List<ScoredRow> Rows(MLContext ml, IDataView scored) => [.. ml.Data.CreateEnumerable<ScoredRow>(scored, reuseRowObject: false)];

    private static bool Print(IAnsiConsole console, string where, RecordingComparison comparison)
    {
        var agreement = 100.0 * comparison.AgreeingActions / comparison.Decisions;
        console.MarkupLineInterpolated(
            $"  {where}: {comparison.Rows} rows, action agreement {agreement:F1} %, largest difference of value {comparison.ValueDifference:E1}, of surprise {comparison.SurpriseDifference:E1}");
        return comparison.IsExact;
    }

    private static async Task ScoreInNewProcessAsync(DemoFolder folder, string recordings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }
        foreach (var argument in (string[])["score", recordings, "--pipeline", folder.Pipeline, "--out", folder.Scores])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'dreamer {string.Join(' ', start.ArgumentList)}' exited with code {process.ExitCode}: {await output}{await error}");
        }
    }
}
