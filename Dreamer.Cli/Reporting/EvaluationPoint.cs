namespace Dreamer.Cli.Reporting;

/// <summary>One evaluation of a run.</summary>
/// <param name="Updates">The updates so far.</param>
/// <param name="Steps">The environment steps so far.</param>
/// <param name="Return">The mean return of the evaluation episodes.</param>
internal readonly record struct EvaluationPoint(double Updates, double Steps, double Return);
