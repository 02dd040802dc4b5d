namespace Dreamer.Training.Health;

/// <summary>A sign that a run is ill.</summary>
/// <param name="Metric">The metric that shows it; one of <see cref="Telemetry.MetricNames"/>.</param>
/// <param name="Message">What was measured, what it means, and what to change.</param>
public sealed record HealthNotice(string Metric, string Message);
