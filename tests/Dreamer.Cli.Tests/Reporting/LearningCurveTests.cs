using System.Xml.Linq;
using Dreamer.Cli.Reporting;
using Xunit;

namespace Dreamer.Cli.Tests.Reporting;

public class LearningCurveTests
{
    [Fact]
    public void Draws_every_point_inside_the_picture()
    {
        var svg = XElement.Parse(LearningCurve.ToSvg([new(0, 0, -1), new(100, 200, 0.5), new(730, 1460, 1)]));
        var circles = svg.Elements("circle").ToArray();
        Assert.Equal(3, circles.Length);
        Assert.All(circles, circle =>
        {
            Assert.InRange((double)circle.Attribute("cx")!, 0, 720);
            Assert.InRange((double)circle.Attribute("cy")!, 0, 300);
        });
        Assert.True((double)circles[0].Attribute("cy")! > (double)circles[2].Attribute("cy")!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_single_or_flat_curve_is_drawn(double updates) => XElement.Parse(LearningCurve.ToSvg([new(updates, 0, 1)]));

    [Fact]
    public void Nothing_to_draw_says_so() => Assert.Contains("No evaluation yet", LearningCurve.ToSvg([]), StringComparison.Ordinal);
}
