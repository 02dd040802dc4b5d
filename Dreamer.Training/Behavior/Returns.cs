using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>Returns and weights along imagined trajectories; dimension 0 is the step.</summary>
internal static class Returns
{
    /// <summary>
    /// The lambda-return: t_i = r_i + d_i * ((1 - lambda) * v_{i+1} + lambda * t_{i+1}) for i below H, with t_H = v_H
    /// (danijar/dreamerv2, other.py, lambda_return). The reward of a state is part of that state's return.
    /// </summary>
    /// <param name="rewards">[H, ...]: r_0 to r_{H-1}.</param>
    /// <param name="values">[H + 1, ...]: v_0, which is not used, to v_H.</param>
    /// <param name="discounts">[H, ...]: d_0 to d_{H-1}.</param>
    /// <param name="lambda">From 0, one step and then the value, to 1, all rewards and then the last value.</param>
    /// <returns>[H, ...].</returns>
    /// <exception cref="ArgumentException">The numbers of steps do not match.</exception>
    public static Tensor Lambda(Tensor rewards, Tensor values, Tensor discounts, double lambda)
    {
        var horizon = (int)rewards.shape[0];
        if (discounts.shape[0] != horizon || values.shape[0] != horizon + 1)
        {
            throw new ArgumentException(
                $"{horizon} rewards need {horizon} discounts and {horizon + 1} values; got {discounts.shape[0]} and {values.shape[0]}.",
                nameof(values));
        }
        using var scope = NewDisposeScope();
        var (r, d, v) = ((Traced)rewards, (Traced)discounts, (Traced)values.narrow(0, 1, horizon));
        var near = Steps(r + (1 - lambda) * (d * v));
        var far = Steps(lambda * d);
        var returns = new Tensor[horizon];
        Traced next = values[horizon];
        for (var i = horizon - 1; i >= 0; i--)
        {
            next = near[i] + far[i] * next;
            returns[i] = next;
        }
        return stack(returns, 0).MoveToOuterDisposeScope();

        static Traced[] Steps(Traced value) => Array.ConvertAll(value.Value.unbind(0), Traced.FromTensor);
    }

    /// <summary>How likely each step is reached at all: the products 1, d_0, d_0 * d_1, ... of the discounts before it.</summary>
    /// <param name="discounts">[H, ...].</param>
    /// <returns>[H + 1, ...].</returns>
    public static Tensor Weights(Tensor discounts)
    {
        using var scope = NewDisposeScope();
        return cat([ones_like(discounts.narrow(0, 0, 1)), discounts], 0).cumprod(0).MoveToOuterDisposeScope();
    }
}
