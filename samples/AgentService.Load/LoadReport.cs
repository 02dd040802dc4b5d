using System.Globalization;

namespace AgentService.Load;

/// <summary>Reports a run, and whether it kept its bounds.</summary>
internal sealed class LoadReport(
    LoadOptions options, LoadCounts counts, TimeSpan elapsed, MemoryProbe? memory, Reloader reloader, StatusWatch status)
{
    private bool _held = true;

    /// <summary>Prints the table and the checks.</summary>
    /// <returns>Whether all held.</returns>
    public bool Print(TextWriter output)
    {
        output.WriteLine(
            $"  {options.Transport}, {options.Sessions} clients, {elapsed.TotalSeconds:F0} s, {counts.Steps.Count / elapsed.TotalSeconds:F0} steps/s");
        output.WriteLine($"  step      {counts.Steps}");
        output.WriteLine($"  its agent {counts.Agent}");
        output.WriteLine($"  echo      {counts.Echoes}");
        if (counts.Rejections.Count > 0)
        {
            output.WriteLine($"  rejected  {counts.Rejected}");
            output.WriteLine($"            {List(counts.Rejections)}");
        }
        output.WriteLine($"  errors    {(counts.Errors.Count == 0 ? "none" : List(counts.Errors))}");
        if (status.Last is { } last)
        {
            output.WriteLine(
                $"  service   at most {status.MostSessions} of {last.SessionLimit} sessions; queue at most {status.MostQueued} of {last.QueueLimit}");
            Check(output, status.MostQueued <= last.QueueLimit && status.MostSessions <= last.SessionLimit, "sessions and queue stay within their bounds");
        }
        if (options.Reloads.Count > 0)
        {
            output.WriteLine($"  reloads   {reloader.Taken} agents taken, {reloader.Refused} bad ones refused");
        }
        if (!options.UntilGone)
        {
            Check(output, counts.Errors.Count == 0, $"{counts.Errors.Values.Sum()} errors");
            Check(output, counts.Steps.Count > 0, $"{counts.Steps.Count} steps were answered");
        }
        CheckTimes(output);
        CheckMemory(output);
        // Scripts compare this with the service's own count.
        output.WriteLine($"  answers: {counts.Answers}");
        return _held;
    }

    private void CheckTimes(TextWriter output)
    {
        if (options.RejectionTime is { } longest)
        {
            var rejected = counts.Rejected.Percentile(0.99);
            Check(
                output, counts.Rejected.Count > 0 && rejected <= longest.TotalSeconds,
                $"p99 of {counts.Rejected.Count} rejections {rejected * 1e3:F2} ms, at most {longest.TotalMilliseconds:F0} ms");
        }
        if (options.EchoTimes is { } times)
        {
            var (step, agent, echo) = (counts.Steps.Percentile(0.99), counts.Agent.Percentile(0.5), counts.Echoes.Percentile(0.99));
            Check(
                output,
                step <= agent + times * echo,
                $"p99 of a step {step * 1e3:F2} ms, at most the agent's median {agent * 1e3:F3} ms " +
                $"+ {times} x the echo's p99 {echo * 1e3:F2} ms = {(agent + times * echo) * 1e3:F2} ms");
        }
    }

    private void CheckMemory(TextWriter output)
    {
        if (memory is null)
        {
            return;
        }
        var slope = memory.Slope;
        var text = slope is { } number ? number.ToString("F2", CultureInfo.InvariantCulture) : "unknown";
        output.WriteLine($"  memory    {memory.Last:F0} MB at the end, slope {text} MB/min");
        if (options.MemorySlope is { } most)
        {
            Check(output, slope < most, $"memory slope after {options.MemoryWarmUp.TotalMinutes:F1} min below {most} MB/min");
        }
    }

    private void Check(TextWriter output, bool held, string what)
    {
        _held &= held;
        output.WriteLine($"  {(held ? "held" : "MISSED")}: {what}");
    }

    private static string List(IReadOnlyDictionary<string, long> counts) =>
        string.Join(", ", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} x {pair.Key}"));
}
