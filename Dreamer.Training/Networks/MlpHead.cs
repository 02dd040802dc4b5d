using Dreamer.Training.Tracing;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>Dense layers, then a linear output layer: the reward, discount, critic and policy heads.</summary>
internal sealed class MlpHead : Network
{
    [ComponentName(Name = "mlp")]
    private readonly Mlp _mlp;

    [ComponentName(Name = "out")]
    private readonly Dense _out;

    /// <summary>Makes a head with fresh weights.</summary>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="units">The width of the layers before the output layer.</param>
    /// <param name="layers">How many layers stand before the output layer.</param>
    /// <param name="outputs">Numbers out.</param>
    /// <param name="style">Normalization and activation of the layers before the output layer; ELU by default.</param>
    public MlpHead(long inputs, long units, int layers, long outputs, LayerStyle? style = null)
        : base(nameof(MlpHead))
    {
        _mlp = new Mlp(inputs, units, layers, style);
        _out = new Dense(units, outputs);
        RegisterComponents();
    }

    /// <summary>Makes a head that reads the latent state.</summary>
    /// <param name="options">The sizes of the latent state and of the heads' layers.</param>
    /// <param name="outputs">Numbers out.</param>
    /// <param name="layers">How many layers stand before the output layer; null for <see cref="NetworkOptions.HeadLayers"/>.</param>
    public MlpHead(NetworkOptions options, long outputs, int? layers = null)
        : this(
            (options ?? throw new ArgumentNullException(nameof(options))).LatentSize,
            options.HeadUnits,
            layers ?? options.HeadLayers,
            outputs,
            options.DenseStyle)
    {
    }

    /// <summary>Applies the head.</summary>
    /// <param name="input">[batch, inputs].</param>
    /// <returns>[batch, outputs].</returns>
    public Traced Forward(Traced input) => Output(Hidden(input));

    /// <summary>The output of the layers before the output layer, [batch, units], for a second output layer.</summary>
    internal Traced Hidden(Traced input) => _mlp.Forward(input);

    /// <summary>Only the output layer.</summary>
    internal Traced Output(Traced hidden) => _out.Forward(hidden);
}
