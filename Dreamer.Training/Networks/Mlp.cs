using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>Dense layers of equal width and style.</summary>
internal sealed class Mlp : Network
{
    [ComponentName(Name = "layers")]
    private readonly ModuleList<Dense> _layers = [];

    /// <summary>Makes layers with fresh weights.</summary>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="units">The width of every layer.</param>
    /// <param name="layers">How many layers.</param>
    /// <param name="style">Normalization and activation of each; ELU by default.</param>
    public Mlp(long inputs, long units, int layers, LayerStyle? style = null)
        : base(nameof(Mlp))
    {
        for (var i = 0; i < layers; i++)
        {
            _layers.Add(new Dense(i == 0 ? inputs : units, units, style ?? new LayerStyle(Activation.Elu)));
        }
        RegisterComponents();
    }

    /// <summary>Applies the layers.</summary>
    /// <param name="input">[batch, inputs].</param>
    /// <returns>[batch, units].</returns>
    public Traced Forward(Traced input)
    {
        foreach (var layer in _layers)
        {
            input = layer.Forward(input);
        }
        return input;
    }
}
