using System.Globalization;
using Dreamer.Inference;

namespace Dreamer.Fuzzing;

/// <summary>Damages the files of an agent folder by seed, and gives what passes the product's own checks to ONNX Runtime in a process of its own.</summary>
internal static class Fuzzer
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    // Above what a file of this folder may cost its reader.
    private const long LargestAllocation = 16L << 20;

    /// <summary>Runs cases.</summary>
    /// <param name="folder">An agent folder.</param>
    /// <param name="count">How many cases.</param>
    /// <param name="seed">Decides what they are.</param>
    internal static FuzzReport Run(string folder, int count, int seed)
    {
        var source = new AgentFiles(folder);
        var report = new FuzzReport();
        using var runtime = new RuntimeProcess(folder);
        for (var number = 0; number < count; number++)
        {
            var fuzzed = FuzzCase.Of(source, seed, number);
            report.Count(fuzzed.Kind);
            if (PassesBounded(fuzzed, report))
            {
                report.Add(fuzzed, runtime.Run(fuzzed, Hang));
            }
        }
        return report;
    }

    private static bool PassesBounded(FuzzCase fuzzed, FuzzReport report)
    {
        // Nothing can stop a loop without end from outside but the end of the process, which says what it was.
        using var watchdog = new Timer(_ => Environment.FailFast($"{fuzzed} hangs."), null, Hang, Timeout.InfiniteTimeSpan);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            fuzzed.CheckBounded();
            return true;
        }
        catch (InvalidAgentException)
        {
            report.Refused(fuzzed.Kind);
            return false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            report.Fail(fuzzed, e.ToString());
            return false;
        }
        finally
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            report.Allocated(allocated);
            if (allocated > LargestAllocation)
            {
                report.Fail(fuzzed, string.Create(CultureInfo.InvariantCulture, $"allocated {allocated} bytes"));
            }
        }
    }
}
