namespace Dreamer.Cli.Reporting;

/// <summary>What a report shows.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">One sentence under it.</param>
/// <param name="Facts">A table of names and values.</param>
/// <param name="Curve">The evaluations during training.</param>
/// <param name="Frames">The per-action picture, step by step.</param>
internal sealed record ReportContent(
    string Title,
    string Summary,
    IReadOnlyList<(string Name, string Value)> Facts,
    IReadOnlyList<EvaluationPoint> Curve,
    IReadOnlyList<PerActionFrame> Frames);
