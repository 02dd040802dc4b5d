namespace Dreamer.Cli.Reporting;

/// <summary>What a report shows.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">One sentence under it.</param>
/// <param name="Curves">What was learnt, by sections.</param>
/// <param name="Frames">The per-action picture, step by step; empty where an agent has none.</param>
/// <param name="Film">The world model going on by itself, or null.</param>
/// <param name="Thoughts">What the agent thought along the way, by sections.</param>
/// <param name="Facts">A table of names and values.</param>
internal sealed record ReportContent(
    string Title,
    string Summary,
    IReadOnlyList<ReportSection> Curves,
    IReadOnlyList<PerActionFrame> Frames,
    OpenLoopFilm? Film,
    IReadOnlyList<ReportSection> Thoughts,
    IReadOnlyList<(string Name, string Value)> Facts);
