using Dreamer.Training;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

public sealed class PresetsCommandTests
{
    [Fact]
    public async Task Presets_are_listed_and_printed_with_their_comments()
    {
        var (code, output) = await CommandLine.RunAsync("presets");
        Assert.Equal(0, code);
        Assert.All(DreamerPresets.Names, name => Assert.Contains(name, output, StringComparison.Ordinal));

        (code, output) = await CommandLine.RunAsync("presets", "grid");
        Assert.Equal(0, code);
        Assert.Contains("\"KlScale\": 0.1, // two numbers say little", output, StringComparison.Ordinal);

        (code, output) = await CommandLine.RunAsync("presets", "--algorithm", "dreamer-v3");
        Assert.Equal(0, code);
        Assert.Contains("\"Unimix\": 0.01,", output, StringComparison.Ordinal);
    }
}
