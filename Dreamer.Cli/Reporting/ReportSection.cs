namespace Dreamer.Cli.Reporting;

/// <summary>A part of a report.</summary>
/// <param name="Heading">Its heading, plain text.</param>
/// <param name="Text">What it shows and how to read it, plain text.</param>
/// <param name="Body">What is shown, as HTML.</param>
internal sealed record ReportSection(string Heading, string Text, string Body);
