using Dreamer.Training.Tracing;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>The gated recurrent unit as Keras and PyTorch compute it: DreamerV1's cell.</summary>
/// <remarks>
/// <code>
/// update, reset, candidate       = split(W input + b, 3)
/// update', reset', candidate'    = split(U state + c, 3)
/// update    = sigmoid(update + update')
/// reset     = sigmoid(reset + reset')
/// candidate = tanh(candidate + reset * candidate')
/// state'    = update * state + (1 - update) * candidate
/// </code>
/// Cho et al. 2014, with the reset gate applied after the product (Keras's <c>reset_after</c>), hence two biases. Note that the update
/// gate keeps the state here, and replaces it in <see cref="LayerNormGru"/>. The recurrent kernel starts orthogonal, as Keras's.
/// </remarks>
internal sealed class PlainGru : RecurrentCell
{
    [ComponentName(Name = "kernel")]
    private readonly Dense _kernel;

    [ComponentName(Name = "recurrent_kernel")]
    private readonly Dense _recurrentKernel;

    /// <summary>Makes a cell with fresh weights.</summary>
    public PlainGru(long inputs, long units)
        : base(nameof(PlainGru))
    {
        _kernel = new Dense(inputs, 3 * units);
        _recurrentKernel = new Dense(units, 3 * units);
        Initialization.Orthogonal(_recurrentKernel.Weight);
        RegisterComponents();
    }

    public override Traced Forward(Traced input, Traced state)
    {
        var fromInput = _kernel.Forward(input).Split(3, 1);
        var fromState = _recurrentKernel.Forward(state).Split(3, 1);
        var update = (fromInput[0] + fromState[0]).Sigmoid();
        var reset = (fromInput[1] + fromState[1]).Sigmoid();
        var candidate = (fromInput[2] + reset * fromState[2]).Tanh();
        return update * state + (1 - update) * candidate;
    }
}
