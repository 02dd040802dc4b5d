using Dreamer.Training.Tracing;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>
/// DreamerV2's recurrent cell: one dense layer over input and state, layer normalization over all three gates together, the reset
/// gate on the candidate's pre-activation, and an update gate that starts almost closed.
/// </summary>
/// <remarks>
/// Neither Keras's nor PyTorch's GRU. From the reference implementation of DreamerV2 (Hafner et al. 2021):
/// <code>
/// reset, candidate, update = split(LN(W [input, state] + b), 3)
/// candidate = tanh(sigmoid(reset) * candidate)
/// update    = sigmoid(update - 1)
/// state'    = update * candidate + (1 - update) * state
/// </code>
/// </remarks>
internal sealed class LayerNormGru : RecurrentCell
{
    private const float UpdateBias = -1;

    [ComponentName(Name = "kernel")]
    private readonly Dense _kernel;

    [ComponentName(Name = "norm")]
    private readonly LayerNorm _norm;

    /// <summary>Makes a cell with fresh weights.</summary>
    public LayerNormGru(long inputs, long units)
        : base(nameof(LayerNormGru))
    {
        _kernel = new Dense(inputs + units, 3 * units);
        _norm = new LayerNorm(3 * units);
        RegisterComponents();
    }

    public override Traced Forward(Traced input, Traced state) =>
        Gate(_norm.Forward(_kernel.Forward(Traced.Concat(1, input, state))), state);

    /// <summary>The state after, from the normalized gates [batch, 3 * units] in the order reset, candidate, update.</summary>
    internal static Traced Gate(Traced gates, Traced state)
    {
        var parts = gates.Split(3, 1);
        var candidate = (parts[0].Sigmoid() * parts[1]).Tanh();
        var update = (parts[2] + UpdateBias).Sigmoid();
        return update * candidate + (1 - update) * state;
    }
}
