using System.Globalization;
using System.Text;

namespace Dreamer.Training.Benchmarks.Sweeps;

/// <summary>Draws costs against sizes, both relative to where all sizes are at their base, on logarithmic axes.</summary>
internal static class SweepPlot
{
    private const int Width = 640;
    private const int Height = 420;
    private const int Margin = 50;

    // Powers of two that the axes end at.
    private const double Lowest = -2.2;
    private const double Highest = 2.2;

    private static readonly string[] Colors = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e"];

    /// <summary>The picture.</summary>
    public static string Draw(IReadOnlyList<SweptCost> costs)
    {
        var svg = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">")
            .AppendLine(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        for (var power = (int)Math.Ceiling(Lowest); power <= Highest; power++)
        {
            var label = power < 0 ? $"1/{1 << -power}" : $"{1 << power}";
            svg.AppendLine(Line(power, Lowest, power, Highest, "#dddddd"))
                .AppendLine(Line(Lowest, power, Highest, power, "#dddddd"))
                .AppendLine(Text(X(power), Height - Margin + 18, label, "middle"))
                .AppendLine(Text(Margin - 8, Y(power) + 4, label, "end"));
        }
        svg.AppendLine(Line(Lowest, Lowest, Highest, Highest, "#888888", "4 4"))
            .AppendLine(Text(Width / 2.0, Height - 12, "size, relative to its base (dashed: linear)", "middle"))
            .AppendLine(Text(Margin, Margin - 20, "cost of an update, relative to that of the base", "start"));
        var index = 0;
        foreach (var size in costs.GroupBy(cost => cost.Size))
        {
            var color = Colors[index % Colors.Length];
            var start = size.Single(cost => cost.Value == size.Key.Base).Least;
            var points = size.Select(cost => (X: X(Math.Log2((double)cost.Value / size.Key.Base)), Y: Y(Math.Log2(cost.Least / start)))).ToArray();
            var path = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:F1},{p.Y:F1}")));
            svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>");
            foreach (var (x, y) in points)
            {
                svg.AppendLine(CultureInfo.InvariantCulture, $"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3\" fill=\"{color}\"/>");
            }
            svg.AppendLine(Text(Margin + 12, Margin + 16 + 18 * index, $"{size.Key.Name} ({size.Key.Base})", "start", color));
            index++;
        }
        return svg.AppendLine("</svg>").ToString();
    }

    private static double X(double power) => Margin + (power - Lowest) / (Highest - Lowest) * (Width - 2 * Margin);

    private static double Y(double power) => Height - Margin - (power - Lowest) / (Highest - Lowest) * (Height - 2 * Margin);

    private static string Line(double x1, double y1, double x2, double y2, string color, string dash = "none") => string.Create(
        CultureInfo.InvariantCulture,
        $"<line x1=\"{X(x1):F1}\" y1=\"{Y(y1):F1}\" x2=\"{X(x2):F1}\" y2=\"{Y(y2):F1}\" stroke=\"{color}\" stroke-dasharray=\"{dash}\"/>");

    private static string Text(double x, double y, string text, string anchor, string color = "black") => string.Create(
        CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"{color}\">{text}</text>");
}
