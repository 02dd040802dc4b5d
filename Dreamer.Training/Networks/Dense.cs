using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>A dense layer with a bias; followed by the normalization and activation of its style.</summary>
internal sealed class Dense : Network
{
    private readonly LayerStyle _style;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    /// <summary>[outputs, inputs].</summary>
    internal Parameter Weight => _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter? _bias;

    [ComponentName(Name = "norm")]
    private readonly LayerNorm? _norm;

    /// <summary>Makes a layer with fresh weights.</summary>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="outputs">Numbers out.</param>
    /// <param name="style">Normalization and activation; none by default.</param>
    public Dense(long inputs, long outputs, LayerStyle style = default)
        : base(nameof(Dense))
    {
        _style = style;
        _weight = Initialization.GlorotUniform(outputs, inputs);
        _bias = style.CreateBias(outputs);
        _norm = style.CreateNorm(outputs);
        RegisterComponents();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">[batch, inputs].</param>
    /// <returns>[batch, outputs].</returns>
    public Traced Forward(Traced input)
    {
        var output = input.Linear(_weight, _bias);
        return _style.Activate(_norm?.Forward(output) ?? output);
    }
}
