using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using TorchSharp.Utils;

namespace Dreamer.Training.WorldModel;

/// <summary>The networks of the world model: encoder, recurrent model, decoder, and the reward and discount heads.</summary>
/// <remarks>The heads read the state AFTER the action that led to it.</remarks>
internal sealed class WorldModelNetworks : Network
{
    [ComponentName(Name = "encoder")]
    private readonly Encoder _encoder;

    [ComponentName(Name = "rssm")]
    private readonly Rssm _rssm;

    [ComponentName(Name = "decoder")]
    private readonly Decoder _decoder;

    [ComponentName(Name = "reward")]
    private readonly ScalarHead _reward;

    [ComponentName(Name = "discount")]
    private readonly MlpHead? _discount;

    [ComponentName(Name = "actions")]
    private readonly ActionScaling _actionScaling;

    /// <summary>Makes the networks with fresh weights.</summary>
    /// <param name="options">The sizes of their layers.</param>
    /// <param name="observation">The observation space.</param>
    /// <param name="actions">The action space.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">
    /// The sizes cannot be used for that observation; the message lists everything that is wrong.
    /// </exception>
    public WorldModelNetworks(NetworkOptions options, ObservationSpace observation, ActionSpace actions)
        : base(nameof(WorldModelNetworks))
    {
        options.Validate(observation);
        Options = options;
        ObservationSpace = observation;
        ActionSpace = actions;
        _encoder = new Encoder(observation, options);
        _rssm = new Rssm(options, actions.Size, _encoder.EmbeddingSize);
        _decoder = new Decoder(observation, options);
        _reward = new ScalarHead(options, options.RewardHead, options.RewardLayers ?? options.HeadLayers);
        _discount = options.ConstantDiscount is null ? new MlpHead(options, 1, options.DiscountLayers) : null;
        _actionScaling = new ActionScaling(actions);
        RegisterComponents();
    }

    /// <summary>The sizes of the layers.</summary>
    public NetworkOptions Options { get; }

    /// <summary>The observation space.</summary>
    public ObservationSpace ObservationSpace { get; }

    /// <summary>The action space.</summary>
    public ActionSpace ActionSpace { get; }

    /// <summary>Embeds observations.</summary>
    public Encoder Encoder => _encoder;

    /// <summary>Carries the latent state from step to step.</summary>
    public Rssm Rssm => _rssm;

    /// <summary>Decodes observations.</summary>
    public Decoder Decoder => _decoder;

    /// <summary>The reward head: what is expected for arriving in a latent state.</summary>
    public ScalarHead Reward => _reward;

    /// <summary>
    /// The discount head: the logit of the discount, [batch, 1], from [batch, latent]; null if the discount is constant. See
    /// <see cref="PredictDiscount"/>.
    /// </summary>
    public MlpHead? Discount => _discount;

    /// <summary>Converts between the environment's actions and those of the networks.</summary>
    public ActionScaling ActionScaling => _actionScaling;

    /// <summary>The discount: the probability that the episode continues, times the discount factor of training; or the constant.</summary>
    /// <param name="latent">[batch, latent].</param>
    /// <returns>[batch, 1], in (0, 1].</returns>
    public Traced PredictDiscount(Traced latent) => _discount is null
        // Computed from the state, so that the graph's output has a row per state.
        ? latent.Narrow(1, 0, 1) * 0 + (float)Options.ConstantDiscount!.Value
        : _discount.Forward(latent).Sigmoid();

    /// <summary>Infers the posterior state and the prior of every row of recorded sequences.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="noise">The noise that states are sampled with.</param>
    public ObservedSequences Observe(TrainingBatch batch, UniformNoise noise)
    {
        Traced embeddings;
        using (TrainingPhases.Begin(TrainingPhases.Encode))
        {
            embeddings = _encoder.Forward(batch.Image is { } image ? image : default(Traced?), batch.Vector is { } vector ? vector : default(Traced?));
        }
        using var phase = TrainingPhases.Begin(TrainingPhases.Observe);
        return _rssm.Observe(embeddings, _actionScaling.ToNetworks(batch.Action), batch.IsFirst, batch.Length, noise);
    }
}
