using Dreamer.Cli.Reporting;
using Xunit;

namespace Dreamer.Cli.Tests.Reporting;

public class RowRangeTests
{
    [Theory]
    [InlineData("0-0", 0, 0)]
    [InlineData("40-99", 40, 99)]
    public void Reads_the_first_and_the_last_row(string text, int from, int to)
    {
        Assert.True(RowRange.TryParse(text, out var range));
        Assert.Equal(new RowRange(from, to), range);
        Assert.Equal(text, range.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("-1-7")]
    [InlineData("7-")]
    [InlineData("9-8")]
    [InlineData("1-2-3")]
    [InlineData("a-b")]
    [InlineData("0-99999999999")]
    public void Anything_else_is_no_range(string? text) => Assert.False(RowRange.TryParse(text, out _));
}
