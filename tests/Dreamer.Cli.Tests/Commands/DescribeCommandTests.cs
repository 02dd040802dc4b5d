using Dreamer.Cli.Commands;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

public sealed class DescribeCommandTests
{
    [Fact]
    public async Task Describe_prints_modules_shapes_and_the_references_counts()
    {
        var (code, output) = await DreamerProcess.RunAsync("describe", "--preset", "atari", "--image", "64x64x1", "--actions", "18");
        Assert.True(code == 0, output);
        string[] parts =
        [
            "conv64: 64x64x1 -> 31x31x48", "1624 = 1024 categorical (32 x 32) + 600 deterministic", "1,549,776", "5,664,848", "10,497,553",
            "1,131,601", "1,138,418", "world model    19,975,379", "trainable      22,245,398",
        ];
        Assert.All(parts, part => Assert.Contains(part, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_preset_with_an_environment_needs_no_more()
    {
        var (code, output) = await DreamerProcess.RunAsync("describe", "--preset", "catch", "--vector", "5", "--actions", "continuous:2");
        Assert.True(code == 0, output);
        Assert.Contains("observation    5 numbers", output, StringComparison.Ordinal);
        Assert.Contains("action         2 numbers (TruncatedNormal)", output, StringComparison.Ordinal);
        (code, output) = await DreamerProcess.RunAsync("describe");
        Assert.True(code == 0, output);
        Assert.Contains("grid: 10x5x1 -> 8x3x16", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("has no built-in environment", "--preset", "atari")]
    [InlineData("has no built-in environment", "--preset", "atari", "--actions", "3")]
    [InlineData("--image is '64x64'; it must be", "--image", "64x64", "--actions", "3")]
    [InlineData("--actions is 'joints'; it must be", "--image", "64x64x1", "--actions", "joints")]
    [InlineData("sides must be 5 to 96 pixels", "--image", "4x4x1", "--actions", "3")]
    [InlineData("There is no preset 'pong'", "--preset", "pong")]
    public async Task What_cannot_be_described_is_said(string expected, params string[] args)
    {
        var (code, output) = await CommandLine.RunAsync(["describe", .. args]);
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}
