using Dreamer.Cli.Commands;
using Xunit;

namespace Dreamer.Cli.Tests.Demo;

public sealed class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Quick_goes_through_all_steps_and_again_from_where_it_was()
    {
        string[] demo = ["demo", "--quick", "--folder", _folder];
        var (code, output) = await DreamerProcess.RunAsync(demo);
        Assert.True(code == 0, output);
        for (var step = 1; step <= 6; step++)
        {
            Assert.Contains($"{step}/6", output, StringComparison.Ordinal);
        }
        Assert.Equal(2, output.Split('\n').Count(line => line.Contains(
            "200 rows, action agreement 100.0 %, largest difference of value 0.0E+000, of surprise 0.0E+000", StringComparison.Ordinal)));
        Assert.Contains("0 bytes allocated", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "report.html")));

        (code, output) = await DreamerProcess.RunAsync(demo);
        Assert.True(code == 0, output);
        Assert.Contains("Resuming at update 30", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_that_does_not_learn_within_its_updates_fails_and_says_how_far_it_got()
    {
        var (code, output) = await DreamerProcess.RunAsync("demo", "--updates", "3", "--folder", _folder);
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.Contains("  3 updates, ", output, StringComparison.Ordinal);
        Assert.Contains("over 100 greedy episodes", output, StringComparison.Ordinal);
        Assert.Contains("failed: the target was not reached within 3 updates", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "agent")));
    }

    [Fact]
    public async Task An_interrupted_run_stops_cleanly_and_goes_on()
    {
        string[] train = ["train", "--preset", "debug", "--updates", "100000", "--logdir", _folder];
        using (var running = new DreamerProcess(train))
        {
            await running.WaitForAsync("update ");
            running.Interrupt();
            Assert.Equal(DreamerCommandLine.Stopped, await running.ExitAsync());
            Assert.Contains("Cancelled: ", running.Output, StringComparison.Ordinal);
        }
        await GoesOnAsync(train);
    }

    [Fact]
    public async Task A_killed_run_goes_on_from_its_last_whole_checkpoint()
    {
        string[] train = ["train", "--preset", "debug", "--updates", "100000", "--logdir", _folder];
        for (var kill = 0; kill < 3; kill++)
        {
            using var running = new DreamerProcess(train);
            await running.WaitForAsync($"update {(kill + 1) * 40,5}/");
            running.Kill();
            await running.ExitAsync();
        }
        await GoesOnAsync(train);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.tmp", SearchOption.AllDirectories));
    }

    private static async Task GoesOnAsync(string[] train)
    {
        using var resumed = new DreamerProcess(train);
        await resumed.WaitForAsync("Resuming at update");
        await resumed.WaitForAsync("update ");
        resumed.Interrupt();
        Assert.Equal(DreamerCommandLine.Stopped, await resumed.ExitAsync());
    }
}
