using Dreamer.Training.Distributions;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Dreamer.Training.Networks;

/// <summary>A head that predicts one number from a latent state: the reward head, and the critic.</summary>
internal sealed class ScalarHead : Network
{
    private readonly SymlogTwoHot? _twoHot;

    [ComponentName(Name = "mlp")]
    private readonly Mlp _mlp;

    [ComponentName(Name = "out")]
    private readonly Dense _out;

    /// <summary>Makes a head with fresh weights.</summary>
    /// <param name="options">The sizes of the latent state and of the heads' layers.</param>
    /// <param name="kind">How it represents its number.</param>
    /// <param name="layers">How many layers stand before the output layer.</param>
    public ScalarHead(NetworkOptions options, ScalarHeadKind kind, int layers)
        : base(nameof(ScalarHead))
    {
        _twoHot = kind == ScalarHeadKind.TwoHot ? new SymlogTwoHot(options.TwoHotBins) : null;
        _mlp = new Mlp(options.LatentSize, options.HeadUnits, layers, options.DenseStyle);
        _out = new Dense(options.HeadUnits, _twoHot?.Bins ?? 1);
        RegisterComponents();
        if (_twoHot is not null)
        {
            Initialization.Zero(_out);
        }
    }

    /// <summary>The outputs that represent the number: the number itself, or the logits of its bins.</summary>
    /// <param name="latent">[batch, latent].</param>
    /// <returns>[batch, outputs].</returns>
    public Traced Forward(Traced latent) => _out.Forward(_mlp.Forward(latent));

    /// <summary>The number that outputs represent, in its own unit for every kind of head.</summary>
    /// <param name="outputs">[batch, outputs].</param>
    /// <returns>[batch, 1].</returns>
    public Traced Read(Traced outputs) => _twoHot is null ? outputs : _twoHot.Mean(outputs);

    /// <summary>Predicts the number, in its own unit for every kind of head.</summary>
    /// <param name="latent">[batch, latent].</param>
    /// <returns>[batch, 1].</returns>
    public Traced Predict(Traced latent) => Read(Forward(latent));

    /// <summary>The negative log-likelihood of numbers under outputs of <see cref="Forward"/>.</summary>
    /// <param name="outputs">[rows, outputs].</param>
    /// <param name="target">[rows, 1].</param>
    /// <returns>[rows], in nats.</returns>
    public Traced NegativeLogLikelihood(Traced outputs, Traced target) =>
        _twoHot is null ? Distributions.NegativeLogLikelihood.Normal(outputs, target) : _twoHot.NegativeLogLikelihood(outputs, target);
}
