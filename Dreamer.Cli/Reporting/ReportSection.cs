namespace Dreamer.Cli.Reporting;

/// <summary>A part of a report.</summary>
/// <param name="Heading">Its heading, plain text.</param>
/// <param name="Text">How to read the body, plain text.</param>
/// <param name="Body">The content, as HTML.</param>
internal sealed record ReportSection(string Heading, string Text, string Body);
