namespace Dreamer.Cli.Reporting;

/// <summary>The content of a report.</summary>
/// <param name="Title">The page's heading.</param>
/// <param name="Summary">One sentence under the heading.</param>
/// <param name="Curves">Sections with learning curves.</param>
/// <param name="Frames">The per-action picture of each step; empty if the agent does not support it.</param>
/// <param name="Film">The open-loop film, or null.</param>
/// <param name="Analyses">Sections about the agent's predictions and latent state.</param>
/// <param name="Facts">A table of names and values.</param>
internal sealed record ReportContent(
    string Title,
    string Summary,
    IReadOnlyList<ReportSection> Curves,
    IReadOnlyList<PerActionFrame> Frames,
    OpenLoopFilm? Film,
    IReadOnlyList<ReportSection> Analyses,
    IReadOnlyList<(string Name, string Value)> Facts);
