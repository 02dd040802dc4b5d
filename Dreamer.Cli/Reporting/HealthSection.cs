using System.Net;
using Dreamer.Inference;
using Dreamer.Training;
using Dreamer.Training.Health;
using Dreamer.Training.Telemetry;

namespace Dreamer.Cli.Reporting;

/// <summary>What the metrics of training runs say about their health.</summary>
internal static class HealthSection
{
    /// <summary>A section with each notice, or nothing if all is well.</summary>
    /// <param name="runs">The folder of each run; one without its options is passed over.</param>
    /// <param name="manifest">The agent.</param>
    internal static IEnumerable<ReportSection> Create(IEnumerable<string> runs, AgentManifest manifest)
    {
        var notices = runs.Where(TrainingRun.Exists).SelectMany(run => Notices(run, manifest)).ToList();
        if (notices.Count > 0)
        {
            yield return new ReportSection(
                "Health", "What the metrics say is ill, and what to change.",
                $"<ul>{string.Concat(notices.Select(notice => $"<li>{WebUtility.HtmlEncode(notice)}</li>"))}</ul>");
        }
    }

    private static IEnumerable<string> Notices(string run, AgentManifest manifest)
    {
        var health = new RunHealth(TrainingRun.OptionsOf(run), manifest.VectorSize, manifest.Action.IsDiscrete ? manifest.Action.Size : 0);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run)));
        return RunMetrics.Lines(run)
            .SelectMany(line => health.Read((long)line.GetValueOrDefault(MetricsLog.UpdateKey), [.. line]))
            .Select(notice => $"{name}: {notice.Message}");
    }
}
