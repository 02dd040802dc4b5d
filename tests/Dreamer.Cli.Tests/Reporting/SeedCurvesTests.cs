using System.Xml.Linq;
using Dreamer.Cli.Reporting;
using Xunit;

namespace Dreamer.Cli.Tests.Reporting;

public sealed class SeedCurvesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Every_run_is_a_line_with_its_name_at_the_end()
    {
        var svg = XElement.Parse(SeedCurves.ToSvg(
            "Catch & more", [("seed-1", [new(10, 100, -1), new(20, 200, 0.9)]), ("seed-2", [new(10, 100, -0.5), new(30, 400, 0.9)]), ("seed-3", [])], 0.95));
        var lines = svg.Elements(Svg + "polyline").ToArray();
        Assert.Equal(3, lines.Length);
        var points = lines.SelectMany(line => ((string)line.Attribute("points")!).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(points, point =>
        {
            var numbers = point.Split(',').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.InRange(numbers[0], 0, 760);
            Assert.InRange(numbers[1], 0, 340);
        });
        var texts = svg.Elements(Svg + "text").ToArray();
        var names = texts.Where(text => text.Value.StartsWith("seed", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["seed-1", "seed-2"], names.Select(name => name.Value).Order());
        // Both end at 0.9: one name gives way.
        Assert.True(Math.Abs((double)names[0].Attribute("y")! - (double)names[1].Attribute("y")!) >= 15);
        Assert.Contains(texts, text => text.Value == "target: 0.95");
        Assert.Contains(texts, text => text.Value == "Catch & more");
    }

    [Fact]
    public void A_flat_curve_is_drawn() => XElement.Parse(SeedCurves.ToSvg("flat", [("one", [new(1, 1, 5)])], null));

    [Fact]
    public void A_long_name_has_room()
    {
        const string Name = "entropy scale 0.1 to 0.01";
        var svg = XElement.Parse(SeedCurves.ToSvg("names", [(Name, [new(1, 100, 5), new(2, 200, 6)])], null));
        var label = svg.Elements(Svg + "text").Single(text => text.Value == Name);
        Assert.InRange((double)label.Attribute("x")!, 400, 760 - (6.5 * Name.Length));
    }
}
