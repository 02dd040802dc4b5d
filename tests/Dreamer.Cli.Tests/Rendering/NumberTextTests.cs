using Dreamer.Cli.Rendering;
using Xunit;

namespace Dreamer.Cli.Tests.Rendering;

public class NumberTextTests
{
    [Theory]
    [InlineData(-0.004, "0.00")]
    [InlineData(-1.239, "-1.24")]
    [InlineData(double.NaN, "NaN")]
    public void Two_decimals_and_no_negative_zero(double value, string expected) => Assert.Equal(expected, NumberText.Format(value));

    [Fact]
    public void More_than_a_line_holds_are_left_out_and_that_is_said()
    {
        Assert.Equal("1.00, 2.00", NumberText.Format([1, 2]));
        Assert.Equal("1.00, 2.00, 3.00, 4.00, 5.00, 6.00, ...", NumberText.Format([1, 2, 3, 4, 5, 6, 7]));
    }
}
