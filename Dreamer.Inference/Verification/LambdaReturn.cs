namespace Dreamer.Inference.Verification;

/// <summary>The lambda-return of a state that is followed through some steps.</summary>
internal static class LambdaReturn
{
    /// <summary>t_i = r_i + d_i * ((1 - lambda) * v_{i+1} + lambda * t_{i+1}), with t_H = v_H (danijar/dreamerv2, other.py, lambda_return).</summary>
    /// <param name="rewards">r_0 to r_{H-1}.</param>
    /// <param name="discounts">d_0 to d_{H-1}.</param>
    /// <param name="nextValues">v_1 to v_H.</param>
    /// <param name="lambda">From 0, one step and then the value, to 1, all rewards and then the last value.</param>
    /// <returns>t_0.</returns>
    internal static double Compute(IReadOnlyList<float> rewards, IReadOnlyList<float> discounts, IReadOnlyList<float> nextValues, double lambda)
    {
        double far = nextValues[^1];
        for (var i = rewards.Count - 1; i >= 0; i--)
        {
            far = rewards[i] + discounts[i] * ((1 - lambda) * nextValues[i] + lambda * far);
        }
        return far;
    }
}
