namespace Dreamer.Cli.Reporting;

/// <summary>One evaluation of a run.</summary>
/// <param name="Updates">Updates that were done by then.</param>
/// <param name="Steps">Environment steps that were done by then.</param>
/// <param name="Return">The mean return of the episodes that were played.</param>
internal readonly record struct EvaluationPoint(double Updates, double Steps, double Return);
