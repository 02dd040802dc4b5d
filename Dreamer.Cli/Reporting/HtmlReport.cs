using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dreamer.Inference.IO;

namespace Dreamer.Cli.Reporting;

/// <summary>Writes a report as one self-contained HTML file.</summary>
internal static partial class HtmlReport
{
    private const string Template = "Dreamer.Cli.Reporting.report.html";

    internal static void Write(string path, ReportContent content) => AtomicFile.WriteAllText(path, ToHtml(content));

    internal static string ToHtml(ReportContent content)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(Template)
            ?? throw new InvalidOperationException($"The assembly does not contain the resource '{Template}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var facts = string.Concat(content.Facts.Select(f => $"<tr><th>{WebUtility.HtmlEncode(f.Name)}</th><td>{WebUtility.HtmlEncode(f.Value)}</td></tr>"));
        return reader.ReadToEnd()
            .Replace("{{title}}", WebUtility.HtmlEncode(content.Title), StringComparison.Ordinal)
            .Replace("{{summary}}", WebUtility.HtmlEncode(content.Summary), StringComparison.Ordinal)
            .Replace("{{curves}}", Sections(content.Curves), StringComparison.Ordinal)
            .Replace("{{analyses}}", Sections(content.Analyses), StringComparison.Ordinal)
            .Replace("{{facts}}", facts, StringComparison.Ordinal)
            // The serializer escapes '<', so an action's name cannot close the script element.
            .Replace("{{frames}}", JsonSerializer.Serialize(content.Frames, ReportJson.Default.IReadOnlyListPerActionFrame), StringComparison.Ordinal)
            .Replace("{{film}}", content.Film is { } film ? JsonSerializer.Serialize(film, ReportJson.Default.OpenLoopFilm) : "null", StringComparison.Ordinal);
    }

    private static string Sections(IEnumerable<ReportSection> sections) => string.Concat(sections.Select(section =>
        $"<section><h2>{WebUtility.HtmlEncode(section.Heading)}</h2><p class=\"soft\">{WebUtility.HtmlEncode(section.Text)}</p>{section.Body}</section>"));

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    [JsonSerializable(typeof(IReadOnlyList<PerActionFrame>))]
    [JsonSerializable(typeof(OpenLoopFilm))]
    private sealed partial class ReportJson : JsonSerializerContext;
}
