using System.Xml.Linq;
using Dreamer.Cli.Reporting;
using Xunit;

namespace Dreamer.Cli.Tests.Reporting;

public class LineChartTests
{
    [Fact]
    public void Draws_every_point_inside_the_picture()
    {
        var svg = XElement.Parse(LineChart.ToSvg("steps", [new("a", [(0, -1), (200, 0.5), (1460, 1)], 0)], 720, 300, [(700, "here")]));

        var points = ((string)svg.Element("polyline")!.Attribute("points")!).Split(' ')
            .Select(point => Array.ConvertAll(point.Split(','), text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))).ToArray();
        Assert.Equal(3, points.Length);
        Assert.All(points, point =>
        {
            Assert.InRange(point[0], 0, 720);
            Assert.InRange(point[1], 0, 300);
        });
        Assert.True(points[0][1] > points[2][1]);
        var texts = svg.Elements("text").Select(text => text.Value).ToArray();
        Assert.Contains("here", texts);
        Assert.Contains("500", texts);
        Assert.DoesNotContain("-0", texts);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, -3e-7)]
    [InlineData(1e6, 4e8)]
    public void A_single_point_is_drawn(double x, double y) => XElement.Parse(LineChart.ToSvg("steps", [new("a", [(x, y)], 0)]));

    [Fact]
    public void What_is_no_number_is_left_out() =>
        Assert.DoesNotContain("NaN", LineChart.ToSvg("steps", [new("a", [(0, 1), (1, double.NaN), (2, 3)], 0)]), StringComparison.Ordinal);

    [Fact]
    public void Nothing_to_draw_says_so() => Assert.Contains("Nothing to draw", LineChart.ToSvg("steps", []), StringComparison.Ordinal);

    [Fact]
    public void Several_lines_are_named_once_and_names_stay_text()
    {
        var line = new LineSeries("<b>", [(0, 1), (1, 2)], 0, Faint: true);
        var html = LineChart.ToSvg("steps", [line, line with { Faint = false }, line with { Name = "other", Faint = false }]);

        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<span").Length - 1);
    }

    [Fact]
    public void Smoothing_takes_the_mean_of_the_points_around()
    {
        var line = new LineSeries("a", [.. Enumerable.Range(0, 10).Select(i => ((double)i, (double)(i % 2)))], 0, Faint: true);

        var smooth = line.Smoothed(1);

        Assert.False(smooth.Faint);
        Assert.Equal(0.5, smooth.Points[0].Y, 6);
        Assert.Equal(2 / 3d, smooth.Points[2].Y, 6);
        Assert.Equal(line.Points.Take(9), (line with { Points = [.. line.Points.Take(9)] }).Smoothed(1).Points);
    }
}
