namespace Dreamer.Training.Export.Quantization;

/// <summary>The divergence of one policy from another, KL(first || second), in nats.</summary>
internal static class PolicyDivergence
{
    /// <summary>Of two categorical distributions, by their logits.</summary>
    public static double Categorical(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var (normalFirst, normalSecond) = (LogSumExp(first), LogSumExp(second));
        var sum = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            var log = first[i] - normalFirst;
            sum += Math.Exp(log) * (log - (second[i] - normalSecond));
        }
        return Math.Max(0, sum);
    }

    /// <summary>Of the normal distributions, one a dimension, that continuous actions are made of.</summary>
    public static double Normal(ReadOnlySpan<float> firstMean, ReadOnlySpan<float> firstStd, ReadOnlySpan<float> secondMean, ReadOnlySpan<float> secondStd)
    {
        var sum = 0.0;
        for (var i = 0; i < firstMean.Length; i++)
        {
            var (ratio, shift) = ((double)firstStd[i] / secondStd[i], ((double)firstMean[i] - secondMean[i]) / secondStd[i]);
            sum += 0.5 * (ratio * ratio + shift * shift - 1) - Math.Log(ratio);
        }
        return Math.Max(0, sum);
    }

    private static double LogSumExp(ReadOnlySpan<float> values)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - largest);
        }
        return largest + Math.Log(sum);
    }
}
