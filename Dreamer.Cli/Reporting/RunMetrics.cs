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

    /// <summary>The lines of a run's metrics, in order.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="FileNotFoundException">The folder has no metrics.</exception>
    internal static IEnumerable<IReadOnlyDictionary<string, double>> Lines(string run)
    {
        var path = Path.Combine(run, MetricsLog.FileName);
        return File.Exists(path) ? File.ReadLines(path).Select(TryParse).OfType<Dictionary<string, double>>()
            : throw new FileNotFoundException($"'{run}' is not a training run: '{path}' is missing.", path);
    }

    /// <summary>The values of a metric, in order; empty if it was never logged.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="metric">The metric's name.</param>
    /// <exception cref="FileNotFoundException">The folder has no metrics.</exception>
    internal static IReadOnlyList<(double Updates, double Steps, double Value)> Curve(string run, string metric)
    {
        var curve = new List<(double, double, double)>();
        foreach (var metrics in Lines(run))
        {
            if (metrics.TryGetValue(metric, out var value))
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
