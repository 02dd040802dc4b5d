using Dreamer.Training.Distributions;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>
/// The recurrent state-space model of DreamerV2: a deterministic state that a recurrent cell carries, and a stochastic one,
/// categorical or Gaussian, which is inferred from the observation (posterior) or predicted without it (prior).
/// </summary>
/// <remarks>
/// The latent state is one vector: the stochastic state, categorical after categorical, then the deterministic one. It is all that is
/// carried from step to step, and starts as zeros. An action is always the one that LED to the step that is computed; continuous
/// ones are in [-1, 1] here (<see cref="ActionScaling"/>).
/// <code>
/// deter  = GRU(f(W [stoch, action]), deter)          f: the layers' activation; which GRU, CellKind says
/// prior  = W f(W deter)                              statistics: logits, or mean and standard deviation
/// posterior = W f(W [deter, embedding])              statistics
/// </code>
/// There may be an ensemble of priors; each training step uses one of them, everything else the first.
/// From Hafner et al. 2021, "Mastering Atari with Discrete World Models".
/// </remarks>
internal sealed partial class Rssm : Network
{
    private readonly int _stochSize;
    private readonly int _deterSize;

    [ComponentName(Name = "img_in")]
    private readonly Dense _imgIn;

    [ComponentName(Name = "gru")]
    private readonly RecurrentCell _gru;

    [ComponentName(Name = "img_out")]
    private readonly ModuleList<Dense> _imgOut = [];

    [ComponentName(Name = "img_dist")]
    private readonly ModuleList<Dense> _imgDist = [];

    [ComponentName(Name = "obs_out")]
    private readonly Dense _obsOut;

    [ComponentName(Name = "obs_dist")]
    private readonly Dense _obsDist;

    /// <summary>Makes a model with fresh weights.</summary>
    /// <param name="options">The sizes of the states and hidden layers.</param>
    /// <param name="actionSize">Numbers in an action.</param>
    /// <param name="embeddingSize">Numbers in the embedding of an observation.</param>
    public Rssm(NetworkOptions options, int actionSize, int embeddingSize)
        : base(nameof(Rssm))
    {
        var style = options.DenseStyle;
        Latents = options.CreateLatents();
        _stochSize = options.StochSize;
        _deterSize = options.Deter;
        _imgIn = new Dense(_stochSize + actionSize, options.Hidden, style);
        _gru = options.Cell == CellKind.PlainGru
            ? new PlainGru(options.Hidden, options.Deter)
            : new LayerNormGru(options.Hidden, options.Deter);
        for (var i = 0; i < options.PriorEnsemble; i++)
        {
            _imgOut.Add(new Dense(options.Deter, options.Hidden, style));
            _imgDist.Add(new Dense(options.Hidden, Latents.StatisticsSize));
        }
        _obsOut = new Dense(options.Deter + embeddingSize, options.Hidden, style);
        _obsDist = new Dense(options.Hidden, Latents.StatisticsSize);
        RegisterComponents();
    }

    /// <summary>The distribution of the stochastic state.</summary>
    public ILatentDistribution Latents { get; }

    /// <summary>How many priors there are.</summary>
    public int PriorEnsemble => _imgOut.Count;

    /// <summary>The latent state that an episode starts from: zeros.</summary>
    /// <param name="batch">How many episodes.</param>
    /// <param name="device">The tensor's device; the CPU by default.</param>
    /// <returns>[batch, latent].</returns>
    public Traced Initial(long batch, Device? device = null) => zeros(batch, _stochSize + _deterSize, device: device);

    /// <summary>One step with an observation.</summary>
    /// <param name="previousLatent">[batch, latent], the state before.</param>
    /// <param name="previousAction">[batch, action], the action that led here.</param>
    /// <param name="isFirst">[batch, 1], 1 where an episode starts: there, the previous state and action count as zeros.</param>
    /// <param name="embedding">[batch, embedding] of the observation.</param>
    /// <param name="noise">[batch, stoch], uniform in (0, 1).</param>
    /// <returns>The state after, [batch, latent], and the posterior's statistics.</returns>
    public (Traced Latent, Traced Posterior) ObserveStep(
        Traced previousLatent, Traced previousAction, Traced isFirst, Traced embedding, Traced noise)
    {
        var keep = 1 - isFirst;
        var latent = previousLatent * keep;
        var deter = NextDeter(Stoch(latent), previousAction * keep, Deter(latent));
        var posterior = Posterior(deter, embedding);
        return (Join(Latents.Sample(posterior, noise), deter), posterior);
    }

    /// <summary>One step without an observation.</summary>
    /// <param name="previousLatent">[batch, latent], the state before.</param>
    /// <param name="previousAction">[batch, action], the action.</param>
    /// <param name="noise">[batch, stoch], uniform in (0, 1).</param>
    /// <param name="member">The member of the ensemble of priors.</param>
    /// <returns>The state after, [batch, latent], and the prior's statistics.</returns>
    public (Traced Latent, Traced Prior) ImagineStep(Traced previousLatent, Traced previousAction, Traced noise, int member = 0)
    {
        var deter = NextDeter(Stoch(previousLatent), previousAction, Deter(previousLatent));
        var prior = Prior(deter, member);
        return (Join(Latents.Sample(prior, noise), deter), prior);
    }

    /// <summary>The deterministic state after an action.</summary>
    /// <param name="stoch">[batch, stoch], the stochastic state before.</param>
    /// <param name="action">[batch, action].</param>
    /// <param name="deter">[batch, deter], the deterministic state before.</param>
    /// <returns>[batch, deter].</returns>
    public Traced NextDeter(Traced stoch, Traced action, Traced deter) =>
        _gru.Forward(_imgIn.Forward(Traced.Concat(1, stoch, action)), deter);

    /// <summary>Predicts the stochastic state.</summary>
    /// <param name="deter">[batch, deter].</param>
    /// <param name="member">The member of the ensemble of priors.</param>
    /// <returns>Statistics of <see cref="Latents"/>, [batch, statistics].</returns>
    public Traced Prior(Traced deter, int member = 0) => Latents.Statistics(_imgDist[member].Forward(_imgOut[member].Forward(deter)));

    /// <summary>Infers the stochastic state from an observation.</summary>
    /// <param name="deter">[batch, deter].</param>
    /// <param name="embedding">[batch, embedding].</param>
    /// <returns>Statistics of <see cref="Latents"/>, [batch, statistics].</returns>
    public Traced Posterior(Traced deter, Traced embedding) =>
        Latents.Statistics(_obsDist.Forward(_obsOut.Forward(Traced.Concat(1, deter, embedding))));

    /// <summary>Joins a stochastic and a deterministic state.</summary>
    /// <param name="stoch">[batch, stoch].</param>
    /// <param name="deter">[batch, deter].</param>
    /// <returns>[batch, latent].</returns>
    public static Traced Join(Traced stoch, Traced deter) => Traced.Concat(1, stoch, deter);

    /// <summary>The stochastic part of a latent state.</summary>
    /// <param name="latent">[batch, latent].</param>
    /// <returns>[batch, stoch].</returns>
    public Traced Stoch(Traced latent) => latent.Narrow(1, 0, _stochSize);

    /// <summary>The deterministic part of a latent state.</summary>
    /// <param name="latent">[batch, latent].</param>
    /// <returns>[batch, deter].</returns>
    public Traced Deter(Traced latent) => latent.Narrow(1, _stochSize, _deterSize);
}
