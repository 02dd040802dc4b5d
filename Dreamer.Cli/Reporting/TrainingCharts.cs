using Dreamer.Training.Telemetry;

namespace Dreamer.Cli.Reporting;

/// <summary>Draws the metrics of training runs.</summary>
internal static class TrainingCharts
{
    private const int SmoothingReach = 2;
    private const int SmallWidth = 360;
    private const int SmallHeight = 190;
    private const string Steps = "environment steps";

    // The world model's losses in the paper's order, then the behavior's metrics.
    private static readonly (string Metric, string Text)[] SmallCharts =
    [
        (MetricNames.TrainReturn, "return of training episodes"),
        (MetricNames.ImageLoss, "image loss, nats"),
        (MetricNames.VectorLoss, "vector loss, nats"),
        (MetricNames.RewardLoss, "reward loss, nats"),
        (MetricNames.DiscountLoss, "discount loss, nats"),
        (MetricNames.ModelKl, "KL of posterior from prior, nats"),
        (MetricNames.ActorEntropy, "entropy of the policy, nats"),
        (MetricNames.LambdaReturn, "lambda-return of imagined states"),
    ];

    /// <summary>Creates the sections for runs of one task.</summary>
    /// <param name="runs">The folder of each run.</param>
    /// <exception cref="FileNotFoundException">A folder has no metrics.</exception>
    internal static IEnumerable<ReportSection> CreateSections(IReadOnlyList<string> runs)
    {
        if (runs.Count == 0)
        {
            yield break;
        }
        var names = runs.Select(run => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run)))).ToList();
        yield return new ReportSection(
            "Learning curve",
            "Mean return of the greedy evaluations during training. Faint: as measured. Bold: the moving average over five evaluations.",
            LineChart.ToSvg(Steps, Lines(runs, names, MetricNames.EvaluationReturn)));
        var charts = SmallCharts.Select(chart => (chart.Text, Lines: Lines(runs, names, chart.Metric))).Where(chart => chart.Lines.Count > 0);
        yield return new ReportSection(
            "Training",
            "Metrics logged during training; docs/metrics.md explains each of them.",
            $"<div class=\"grid-of-charts\">{string.Concat(charts.Select(chart => $"<figure><figcaption>{chart.Text}</figcaption>{LineChart.ToSvg(Steps, chart.Lines, SmallWidth, SmallHeight)}</figure>"))}</div>");
    }

    private static List<LineSeries> Lines(IReadOnlyList<string> runs, List<string> names, string metric)
    {
        var raw = runs.Select((run, i) => new LineSeries(
            names[i], [.. RunMetrics.Curve(run, metric).Select(point => (point.Steps, point.Value))], i, Faint: true)).Where(line => line.Points.Count > 0).ToList();
        return [.. raw, .. raw.Select(line => line.Smoothed(SmoothingReach))];
    }
}
