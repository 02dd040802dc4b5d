using System.Globalization;
using System.Net;
using System.Text;

namespace Dreamer.Cli.Reporting;

/// <summary>Draws lines as an SVG that takes its colors from the page's style sheet.</summary>
internal static class LineChart
{
    /// <summary>The number of colors in the style sheet.</summary>
    internal const int Hues = 6;

    /// <summary>The width of a chart that fills the page.</summary>
    internal const double FullWidth = 720;

    private const double Left = 56;
    private const double Right = 16;
    private const double Top = 16;
    private const double Bottom = 44;
    private const double TickSpacing = 36;
    private const double WideTickSpacing = 90;

    /// <summary>Draws lines.</summary>
    /// <param name="xName">The label of the x-axis.</param>
    /// <param name="lines">The lines, back to front.</param>
    /// <param name="width">The chart's width.</param>
    /// <param name="height">The chart's height.</param>
    /// <param name="marks">Positions on the x-axis to mark with a vertical line and a label.</param>
    /// <returns>The chart, or a sentence if there is nothing to draw.</returns>
    internal static string ToSvg(
        string xName,
        IReadOnlyList<LineSeries> lines,
        double width = FullWidth,
        double height = 300,
        IReadOnlyList<(double X, string Text)>? marks = null)
    {
        (double X, double Y)[] points = [.. lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.Y))];
        if (points.Length == 0)
        {
            return "<p class=\"empty\">Nothing to draw yet.</p>";
        }

        var (xLow, xHigh) = (Math.Min(0, points.Min(p => p.X)), points.Max(p => p.X));
        xHigh = xHigh > xLow ? xHigh : xLow + 1;
        var (yLow, yHigh) = ChartAxis.Range(points.Min(p => p.Y), points.Max(p => p.Y));
        double X(double value) => Left + ((value - xLow) / (xHigh - xLow) * (width - Left - Right));
        double Y(double value) => height - Bottom - ((value - yLow) / (yHigh - yLow) * (height - Top - Bottom));

        var svg = new StringBuilder();
        // The page's script needs the axis to move a cursor along it.
        svg.Append(Invariant($"<svg class=\"chart\" viewBox=\"0 0 {width} {height}\" data-left=\"{X(xLow)}\" data-right=\"{X(xHigh)}\" data-low=\"{xLow}\" data-high=\"{xHigh}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(string.Join(", ", lines.Select(line => line.Name).Distinct()))} over {WebUtility.HtmlEncode(xName)}\">"));
        foreach (var y in ChartAxis.Ticks(yLow, yHigh, (height - Top - Bottom) / TickSpacing))
        {
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{width - Right}\" y1=\"{Y(y):F1}\" y2=\"{Y(y):F1}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left - 8}\" y=\"{Y(y) + 4:F1}\" text-anchor=\"end\">{y:#,0.####}</text>"));
        }
        foreach (var x in ChartAxis.Ticks(xLow, xHigh, (width - Left - Right) / WideTickSpacing))
        {
            svg.Append(Invariant($"<text x=\"{X(x):F1}\" y=\"{height - Bottom + 18}\" text-anchor=\"middle\">{x:#,0.##}</text>"));
        }
        foreach (var (x, text) in marks ?? [])
        {
            svg.Append(Invariant($"<line class=\"mark\" x1=\"{X(x):F1}\" x2=\"{X(x):F1}\" y1=\"{Top}\" y2=\"{height - Bottom}\"/>"));
            svg.Append(Invariant($"<text x=\"{X(x) + 4:F1}\" y=\"{Top + 10}\">{WebUtility.HtmlEncode(text)}</text>"));
        }
        foreach (var line in lines)
        {
            var path = string.Join(' ', line.Points.Where(p => double.IsFinite(p.Y)).Select(p => Invariant($"{X(p.X):F1},{Y(p.Y):F1}")));
            svg.Append(Invariant($"<polyline class=\"curve h{line.Hue % Hues}{(line.Faint ? " faint" : "")}\" points=\"{path}\"><title>{WebUtility.HtmlEncode(line.Name)}</title></polyline>"));
        }
        svg.Append(Invariant($"<text x=\"{(Left + width - Right) / 2}\" y=\"{height - 6}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(xName)}</text></svg>"));
        return svg.Append(Legend(lines)).ToString();
    }

    private static string Legend(IReadOnlyList<LineSeries> lines)
    {
        var named = lines.Where(line => !line.Faint).ToList();
        return named.Count < 2 ? "" :
            $"<p class=\"legend\">{string.Concat(named.Select(line => Invariant($"<span class=\"h{line.Hue % Hues}\">{WebUtility.HtmlEncode(line.Name)}</span>")))}</p>";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
