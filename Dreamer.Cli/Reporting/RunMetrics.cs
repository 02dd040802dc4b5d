using System.Text.Json;
using Dreamer.Training.Telemetry;

namespace Dreamer.Cli.Reporting;

/// <summary>Reads the metrics of a training run.</summary>
internal static class RunMetrics
{
    /// <summary>The evaluations of a run, in order.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="FileNotFoundException">The folder has no metrics.</exception>
    internal static IReadOnlyList<EvaluationPoint> EvaluationCurve(string run) =>
        [.. Curve(run, MetricNames.EvaluationReturn).Select(point => new EvaluationPoint(point.Updates, point.Steps, point.Value))];

    /// <summary>The values of a metric, in order; empty if it was never logged.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="metric">The metric's name.</param>
    /// <exception cref="FileNotFoundException">The folder has no metrics.</exception>
    internal static IReadOnlyList<(double Updates, double Steps, double Value)> Curve(string run, string metric)
    {
        var path = Path.Combine(run, MetricsLog.FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{run}' is not a training run: '{path}' is missing.", path);
        }

        var curve = new List<(double, double, double)>();
        foreach (var line in File.ReadLines(path))
        {
            if (TryParse(line) is { } metrics && metrics.TryGetValue(metric, out var value))
            {
                curve.Add((metrics[MetricsLog.UpdateKey], metrics[MetricsLog.StepKey], value));
            }
        }
        return curve;
    }

    private static Dictionary<string, double>? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, double>>(line);
        }
        catch (JsonException)
        {
            return null; // The last line may be incomplete if the run was killed.
        }
    }
}
