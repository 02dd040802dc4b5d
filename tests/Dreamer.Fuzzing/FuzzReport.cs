using System.Globalization;
using System.Text;

namespace Dreamer.Fuzzing;

/// <summary>What became of damaged files.</summary>
internal sealed class FuzzReport
{
    private readonly SortedDictionary<FileKind, (int Cases, int Refused, int Reached, int RuntimeRefused)> _kinds = [];
    private readonly List<string> _failures = [];
    private readonly List<string> _deaths = [];
    private long _largestAllocation;

    /// <summary>Exceptions that no caller was told of, hangs, and allocations over the cap.</summary>
    internal IReadOnlyList<string> Failures => _failures;

    /// <summary>Where ONNX Runtime ended its process.</summary>
    internal IReadOnlyList<string> Deaths => _deaths;

    /// <summary>How many cases reached ONNX Runtime.</summary>
    internal int Reached => _kinds.Values.Sum(kind => kind.Reached);

    /// <summary>How many cases the product refused before that.</summary>
    internal int RefusedCases => _kinds.Values.Sum(kind => kind.Refused);

    internal void Count(FileKind kind) => Add(kind, 1, 0, 0, 0);

    internal void Refused(FileKind kind) => Add(kind, 0, 1, 0, 0);

    internal void Allocated(long bytes) => _largestAllocation = Math.Max(_largestAllocation, bytes);

    internal void Fail(FuzzCase fuzzed, string what) => _failures.Add($"{fuzzed}: {what}");

    internal void Add(FuzzCase fuzzed, RuntimeVerdict verdict)
    {
        Add(fuzzed.Kind, 0, 0, 1, verdict.Outcome == RuntimeOutcome.Refused ? 1 : 0);
        switch (verdict.Outcome)
        {
            case RuntimeOutcome.Died:
                _deaths.Add($"{fuzzed}: {verdict.Text}");
                break;
            case RuntimeOutcome.Failed or RuntimeOutcome.Hung:
                Fail(fuzzed, $"{verdict.Outcome}: {verdict.Text}");
                break;
            default:
                break;
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (kind, (cases, refused, reached, runtimeRefused)) in _kinds)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{kind,-9} {cases,6} damaged, {refused,6} refused before ONNX Runtime, {runtimeRefused,6} by it or after, {reached - runtimeRefused,6} ran");
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"largest allocation of a check: {_largestAllocation / 1024.0:0} KB; process deaths: {_deaths.Count}; failures: {_failures.Count}");
        foreach (var line in _deaths.Select(death => $"death:   {death}").Concat(_failures.Select(failure => $"FAILURE: {failure}")))
        {
            text.AppendLine(line);
        }
        return text.ToString();
    }

    private void Add(FileKind kind, int cases, int refused, int reached, int runtimeRefused)
    {
        var sum = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (sum.Cases + cases, sum.Refused + refused, sum.Reached + reached, sum.RuntimeRefused + runtimeRefused);
    }
}
