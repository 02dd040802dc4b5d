using System.Globalization;
using System.Text;

namespace Dreamer.Cli.Reporting;

/// <summary>Draws the returns of several runs against environment steps, as a standalone SVG for light and dark mode.</summary>
internal static class SeedCurves
{
    private const double Width = 760;
    private const double Height = 340;
    private const double Left = 64;
    private const double LabelStart = 27;
    private const double CharacterWidth = 7; // an upper bound for 12px system-ui; the writer cannot measure text
    private const double Top = 44;
    private const double Bottom = 48;
    private const int Ticks = 5;
    private const int Hues = 6;
    private const double LabelHeight = 15;

    private const string Style = """
        <style>
        svg { background: #fff; font: 12px system-ui, sans-serif; }
        text { fill: #52514e; } .title { fill: #0b0b0b; font-size: 14px; font-weight: 600; }
        .grid { stroke: #e5e4e0; } .target { stroke: #0b0b0b; stroke-dasharray: 5 4; opacity: .55; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .s0 { stroke: #2a78d6; } .s1 { stroke: #eb6834; } .s2 { stroke: #1baa82; } .s3 { stroke: #9a5bd0; } .s4 { stroke: #b58a00; } .s5 { stroke: #d0457f; }
        @media (prefers-color-scheme: dark) {
          svg { background: #1a1a19; } text { fill: #c3c2b7; } .title { fill: #fff; } .grid { stroke: #33332f; } .target { stroke: #fff; }
        }
        </style>
        """;

    /// <summary>Draws curves.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="runs">The name and evaluations of each run; at least one run has evaluations.</param>
    /// <param name="target">The target return, drawn as a dashed line, or null.</param>
    internal static string ToSvg(string title, IReadOnlyList<(string Name, IReadOnlyList<EvaluationPoint> Curve)> runs, double? target)
    {
        var points = runs.SelectMany(run => run.Curve).ToArray();
        var values = points.Select(point => point.Return).Concat(target is { } wanted ? [wanted] : (double[])[]).ToArray();
        var (low, high) = ChartAxis.Range(values.Min(), values.Max());
        var last = points.Max(point => point.Steps);
        var right = Math.Max(Width / 2, Width - LabelStart - (CharacterWidth * runs.Max(run => run.Name.Length)));
        double X(double steps) => Left + steps / last * (right - Left);
        double Y(double value) => Height - Bottom - (value - low) / (high - low) * (Height - Top - Bottom);

        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(title)}\">"));
        svg.Append(Style);
        svg.Append(Invariant($"<text class=\"title\" x=\"{Left}\" y=\"22\">{Escape(title)}</text>"));
        foreach (var value in ChartAxis.Ticks(low, high, Ticks))
        {
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{right}\" y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left - 8}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\">{value:0.##}</text>"));
        }
        foreach (var steps in ChartAxis.Ticks(0, last, Ticks))
        {
            svg.Append(Invariant($"<text x=\"{X(steps):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{steps:#,0}</text>"));
        }
        if (target is { } line)
        {
            svg.Append(Invariant($"<line class=\"target\" x1=\"{Left}\" x2=\"{right}\" y1=\"{Y(line):F1}\" y2=\"{Y(line):F1}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left + 6}\" y=\"{Y(line) - 6:F1}\">target: {line:0.##}</text>"));
        }
        foreach (var (index, run) in runs.Index())
        {
            var path = string.Join(' ', run.Curve.Select(point => Invariant($"{X(point.Steps):F1},{Y(point.Return):F1}")));
            svg.Append(Invariant($"<polyline class=\"curve s{index % Hues}\" points=\"{path}\"><title>{Escape(run.Name)}</title></polyline>"));
        }
        AppendLabels(svg, runs, right, X, Y);
        svg.Append(Invariant($"<text x=\"{(Left + right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">environment steps</text></svg>"));
        return svg.ToString();
    }

    /// <summary>Labels each curve at its end and keeps the labels from overlapping.</summary>
    private static void AppendLabels(
        StringBuilder svg, IReadOnlyList<(string Name, IReadOnlyList<EvaluationPoint> Curve)> runs, double right, Func<double, double> x, Func<double, double> y)
    {
        var ends = runs.Index().Where(run => run.Item.Curve.Count > 0)
            .Select(run => (run.Index, run.Item.Name, X: x(run.Item.Curve[^1].Steps), Y: y(run.Item.Curve[^1].Return)))
            .OrderBy(end => end.Y).ToArray();
        var next = double.NegativeInfinity;
        foreach (var end in ends)
        {
            var at = Math.Max(end.Y, next);
            next = at + LabelHeight;
            svg.Append(Invariant($"<line class=\"curve s{end.Index % Hues}\" x1=\"{right + 8}\" x2=\"{right + 22}\" y1=\"{at:F1}\" y2=\"{at:F1}\"/>"));
            svg.Append(Invariant($"<text x=\"{right + LabelStart}\" y=\"{at + 4:F1}\">{Escape(end.Name)}</text>"));
        }
    }

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
