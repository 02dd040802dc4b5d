using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>A dense layer with a bias and no activation.</summary>
public sealed class Dense : Network
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    /// <summary>Makes a layer with fresh weights.</summary>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="outputs">Numbers out.</param>
    public Dense(long inputs, long outputs)
        : base(nameof(Dense))
    {
        _weight = Initialization.GlorotUniform(outputs, inputs);
        _bias = Initialization.Zeros(outputs);
        RegisterComponents();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">[batch, inputs].</param>
    /// <returns>[batch, outputs].</returns>
    public Traced Forward(Traced input) => input.Linear(_weight, _bias);
}
