using System.Globalization;
using System.Text;

namespace Dreamer.Cli.Reporting;

/// <summary>Draws returns over updates as an SVG that takes its colours from the page.</summary>
internal static class LearningCurve
{
    private const double Width = 720;
    private const double Height = 300;
    private const double Left = 56;
    private const double Right = 16;
    private const double Top = 16;
    private const double Bottom = 44;
    private const int Ticks = 5;

    /// <summary>Draws a curve.</summary>
    /// <param name="points">The evaluations, in order.</param>
    internal static string ToSvg(IReadOnlyList<EvaluationPoint> points)
    {
        if (points.Count == 0)
        {
            return "<p class=\"empty\">No evaluation yet.</p>";
        }

        var (xLow, xHigh) = (0.0, NiceCeiling(points[^1].Updates));
        var (yLow, yHigh) = (points.Min(p => p.Return), points.Max(p => p.Return));
        (yLow, yHigh) = (Math.Floor(yLow), Math.Ceiling(yHigh));
        yHigh = yHigh > yLow ? yHigh : yLow + 1;
        double X(double value) => Left + ((value - xLow) / (xHigh - xLow) * (Width - Left - Right));
        double Y(double value) => Height - Bottom - ((value - yLow) / (yHigh - yLow) * (Height - Top - Bottom));

        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Return over updates\">"));
        for (var i = 0; i < Ticks; i++)
        {
            var (x, y) = (xLow + ((xHigh - xLow) * i / (Ticks - 1)), yLow + ((yHigh - yLow) * i / (Ticks - 1)));
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y):F1}\" y2=\"{Y(y):F1}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left - 8}\" y=\"{Y(y) + 4:F1}\" text-anchor=\"end\">{y:0.##}</text>"));
            svg.Append(Invariant($"<text x=\"{X(x):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{x:#,0}</text>"));
        }
        svg.Append("<polyline class=\"curve\" points=\"").AppendJoin(' ', points.Select(p => Invariant($"{X(p.Updates):F1},{Y(p.Return):F1}"))).Append("\"/>");
        foreach (var (updates, _, value) in points)
        {
            svg.Append(Invariant($"<circle class=\"point\" cx=\"{X(updates):F1}\" cy=\"{Y(value):F1}\" r=\"3\"><title>{updates:#,0} updates: {value:F2}</title></circle>"));
        }
        svg.Append(Invariant($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">updates</text></svg>"));
        return svg.ToString();
    }

    private static double NiceCeiling(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1)))) / 5;
        return Math.Max(Math.Ceiling(value / unit) * unit, 1);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
