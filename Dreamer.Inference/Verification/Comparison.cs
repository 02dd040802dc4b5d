namespace Dreamer.Inference.Verification;

/// <summary>Collects the differences of one output from its expected values.</summary>
internal sealed class Comparison(VerificationCheck check, string graph, string output, bool isByte)
{
    private long _values;
    private double _largest;
    private bool _passed = true;

    /// <summary>What was found so far.</summary>
    internal VerifiedOutput Result => new(check, graph, output, _values, _largest, _passed);

    internal void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        _values += expected.Length;
        if (expected.Length != found.Length)
        {
            (_largest, _passed) = (double.NaN, false);
            return;
        }
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs((double)found[i] - expected[i]);
            var allowed = isByte ? AgentVerifier.ByteTolerance : AgentVerifier.FloatTolerance * Math.Max(1, Math.Abs(expected[i]));
            // Written so that a NaN fails.
            _passed &= difference <= allowed && float.IsFinite(found[i]);
            _largest = double.IsNaN(difference) ? double.NaN : Math.Max(_largest, difference);
        }
    }
}
