using Dreamer.Training.Native;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>Returns and weights along imagined trajectories; dimension 0 is the step.</summary>
public static class Returns
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
    /// <exception cref="ArgumentException">The numbers of steps do not fit.</exception>
    public static Tensor Lambda(Tensor rewards, Tensor values, Tensor discounts, double lambda)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(discounts);
        var horizon = (int)rewards.shape[0];
        if (discounts.shape[0] != horizon || values.shape[0] != horizon + 1)
        {
            throw new ArgumentException(
                $"{horizon} rewards need {horizon} discounts and {horizon + 1} values; got {discounts.shape[0]} and {values.shape[0]}.",
                nameof(values));
        }
        using var scope = NewDisposeScope();
        var next = values.narrow(0, 1, horizon);
        var near = rewards.Plus((discounts * next).Times(1 - lambda)).unbind(0);
        var far = discounts.Times(lambda).unbind(0);
        var returns = new Tensor[horizon];
        var last = values[horizon];
        for (var i = horizon - 1; i >= 0; i--)
        {
            returns[i] = last = near[i].Plus(far[i] * last);
        }
        return stack(returns, 0).MoveToOuterDisposeScope();
    }

    /// <summary>How likely a step is reached at all: the products 1, d_0, d_0 * d_1, ... of the discounts before it.</summary>
    /// <param name="discounts">[H, ...].</param>
    /// <returns>[H + 1, ...].</returns>
    public static Tensor Weights(Tensor discounts)
    {
        ArgumentNullException.ThrowIfNull(discounts);
        using var scope = NewDisposeScope();
        return cat([ones_like(discounts.narrow(0, 0, 1)), discounts], 0).cumprod(0).MoveToOuterDisposeScope();
    }
}
