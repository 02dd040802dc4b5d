using Dreamer.Fuzzing;
using Xunit;

namespace Dreamer.Inference.Tests.Fuzzing;

/// <summary>Whatever stands in an agent folder, its reader says so by the one documented exception, soon, and without much memory.</summary>
public sealed class DamagedFolderTests(ITestOutputHelper output)
{
    private const int Cases = 2000;

    [Fact]
    public void Files_that_were_damaged_by_seed_are_refused_or_run()
    {
        var report = Fuzzer.Run(CatchAgent.Folder, Cases, seed: 1);
        output.WriteLine($"{report}");
        Assert.Empty(report.Failures);
        // Damage that never came this far, or never further, would say nothing.
        Assert.InRange(report.Reached, Cases / 10, Cases * 9 / 10);
        Assert.InRange(report.RefusedCases, Cases / 10, Cases * 9 / 10);
    }

    [Fact]
    public void A_process_that_ends_is_counted_and_the_next_case_finds_another()
    {
        using var runtime = new RuntimeProcess(CatchAgent.Folder);
        var source = new AgentFiles(CatchAgent.Folder);
        var whole = source.Files.First(file => file.Kind == FileKind.Graph);
        var sound = new FuzzCase(0, FileKind.Graph, whole.Path, whole.Graph, whole.Bytes);
        // A line that it does not understand is the end of what it reads.
        Assert.Equal(RuntimeOutcome.Died, runtime.Run(sound with { Graph = "no\tgraph" }, TimeSpan.FromMinutes(1)).Outcome);
        Assert.Equal(RuntimeOutcome.Ran, runtime.Run(sound, TimeSpan.FromMinutes(1)).Outcome);
        var verdict = runtime.Run(sound with { Bytes = [.. whole.Bytes[..^9]] }, TimeSpan.FromMinutes(1));
        Assert.Equal(RuntimeOutcome.Refused, verdict.Outcome);
    }
}
