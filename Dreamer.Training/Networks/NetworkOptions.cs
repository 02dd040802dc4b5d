using System.ComponentModel.DataAnnotations;
using Dreamer.Training.Distributions;
using Dreamer.Training.Environments;
using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Networks;

/// <summary>The sizes and kinds of the networks. The defaults are the reference's for small control tasks from images.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NetworkOptions
{
    /// <summary>The size of the deterministic part of the latent state.</summary>
    /// <value>200.</value>
    public int Deter { get; init; } = 200;

    /// <summary>The recurrent cell.</summary>
    /// <value><see cref="CellKind.LayerNormGru"/>.</value>
    public CellKind Cell { get; init; }

    /// <summary>The width of the hidden layers between the parts of the recurrent model.</summary>
    /// <value>200.</value>
    public int Hidden { get; init; } = 200;

    /// <summary>The distribution of the stochastic part of the latent state.</summary>
    /// <value><see cref="LatentKind.Categorical"/>.</value>
    public LatentKind Latent { get; init; }

    /// <summary>How many categoricals, or Gaussian numbers, the stochastic part of the latent state has.</summary>
    /// <value>32.</value>
    public int Stoch { get; init; } = 32;

    /// <summary>How many outcomes each categorical has, at least 2; ignored for Gaussian latent states.</summary>
    /// <value>32.</value>
    public int Classes { get; init; } = 32;

    /// <summary>The share of the uniform distribution in every categorical of the latent state.</summary>
    /// <value>0 (0.01 in DreamerV3).</value>
    public double Unimix { get; init; }

    /// <summary>The standard deviations of Gaussian latent states.</summary>
    /// <value>2 * sigmoid(x / 2) + 0.1.</value>
    public StandardDeviation LatentStd { get; init; } = new();

    /// <summary>
    /// The size of the ensemble of priors; each training step trains a random one, and the first is exported.
    /// </summary>
    /// <value>1.</value>
    public int PriorEnsemble { get; init; } = 1;

    /// <summary>The width of the layers of the reward, discount, actor and critic heads.</summary>
    /// <value>400.</value>
    public int HeadUnits { get; init; } = 400;

    /// <summary>How many layers those heads have before their output layer.</summary>
    /// <value>4.</value>
    public int HeadLayers { get; init; } = 4;

    /// <summary>The layers of the reward head, if they differ.</summary>
    /// <value>Null: <see cref="HeadLayers"/>.</value>
    public int? RewardLayers { get; init; }

    /// <summary>The layers of the discount head, if they differ.</summary>
    /// <value>Null: <see cref="HeadLayers"/>.</value>
    public int? DiscountLayers { get; init; }

    /// <summary>The layers of the critic, if they differ.</summary>
    /// <value>Null: <see cref="HeadLayers"/>.</value>
    public int? CriticLayers { get; init; }

    /// <summary>How the reward head represents a reward.</summary>
    /// <value><see cref="ScalarHeadKind.Normal"/>.</value>
    public ScalarHeadKind RewardHead { get; init; }

    /// <summary>How the critic represents a value.</summary>
    /// <value><see cref="ScalarHeadKind.Normal"/>.</value>
    public ScalarHeadKind CriticHead { get; init; }

    /// <summary>How many bins <see cref="ScalarHeadKind.TwoHot"/> heads have.</summary>
    /// <value>255.</value>
    public int TwoHotBins { get; init; } = 255;

    /// <summary>The channels of the first convolution of the <c>conv64</c> and <c>strided</c> image networks; later ones double it.</summary>
    /// <value>48.</value>
    public int CnnDepth { get; init; } = 48;

    /// <summary>The size of an image's embedding in the <c>grid</c> and <c>strided</c> image networks; <c>conv64</c> needs no such layer.</summary>
    /// <value>200.</value>
    public int ImageEmbedding { get; init; } = 200;

    /// <summary>The width of the layers that embed and decode a vector observation.</summary>
    /// <value>400.</value>
    public int VectorUnits { get; init; } = 400;

    /// <summary>How many such layers there are.</summary>
    /// <value>4.</value>
    public int VectorLayers { get; init; } = 4;

    /// <summary>
    /// Whether vectors are encoded and decoded as their symmetric logarithm, sign(x) ln(1 + |x|), for numbers of any size.
    /// </summary>
    /// <value>False (true in DreamerV3).</value>
    public bool SymlogVectors { get; init; }

    /// <summary>The normalization between the linear part and the activation of every layer except output layers.</summary>
    /// <value><see cref="Normalization.None"/>; the recurrent cell is always normalized.</value>
    public Normalization Norm { get; init; }

    /// <summary>Whether normalized layers have a bias of their own.</summary>
    /// <value>True (false in DreamerV3).</value>
    public bool BiasBeforeNorm { get; init; } = true;

    /// <summary>The activation of dense layers.</summary>
    /// <value><see cref="Networks.Activation.Elu"/>.</value>
    public Activation Activation { get; init; } = Activation.Elu;

    /// <summary>The activation of convolutions.</summary>
    /// <value><see cref="Networks.Activation.Elu"/>.</value>
    public Activation CnnActivation { get; init; } = Activation.Elu;

    /// <summary>The distribution of continuous actions.</summary>
    /// <value><see cref="ActionDistribution.TruncatedNormal"/>.</value>
    public ActionDistribution ContinuousActions { get; init; }

    /// <summary>The standard deviations of continuous actions; null for the default of their distribution.</summary>
    /// <value>
    /// Null: 2 * sigmoid(x / 2) + 0.1, and softplus(x) + 0.1 for <see cref="ActionDistribution.TanhNormal"/>.
    /// </value>
    public StandardDeviation? ActionStd { get; init; }

    /// <summary>The share of the uniform distribution in the policy over discrete actions.</summary>
    /// <value>0 (0.01 in DreamerV3).</value>
    public double ActionUnimix { get; init; }

    /// <summary>The discount of every state, instead of a discount head; null if a head predicts it.</summary>
    /// <value>Null.</value>
    public double? ConstantDiscount { get; init; }

    /// <summary>Numbers in the stochastic part of the latent state: <c>Stoch * Classes</c>, or <c>Stoch</c> for Gaussian states.</summary>
    public int StochSize => Latent == LatentKind.Gaussian ? Stoch : Stoch * Classes;

    /// <summary>Numbers in the latent state: the stochastic part, then the deterministic one.</summary>
    public int LatentSize => StochSize + Deter;

    internal LayerStyle DenseStyle => new(Activation, Norm, !BiasBeforeNorm);

    internal LayerStyle ConvolutionStyle => new(CnnActivation, Norm, !BiasBeforeNorm);

    /// <summary>Every error in these sizes for an observation; empty if they are valid.</summary>
    /// <param name="observation">What the networks will see, or null to check only the sizes.</param>
    public IReadOnlyList<string> Errors(ObservationSpace? observation = null) =>
    [
        .. AtLeast(nameof(Deter), Deter, 1),
        .. AtLeast(nameof(Hidden), Hidden, 1),
        .. AtLeast(nameof(Stoch), Stoch, 1),
        .. Latent == LatentKind.Categorical ? AtLeast(nameof(Classes), Classes, 2) : [],
        .. AtLeast(nameof(PriorEnsemble), PriorEnsemble, 1),
        .. AtLeast(nameof(HeadUnits), HeadUnits, 1),
        .. AtLeast(nameof(HeadLayers), HeadLayers, 1),
        .. AtLeast(nameof(CnnDepth), CnnDepth, 1),
        .. AtLeast(nameof(ImageEmbedding), ImageEmbedding, 1),
        .. AtLeast(nameof(VectorUnits), VectorUnits, 1),
        .. AtLeast(nameof(VectorLayers), VectorLayers, 1),
        .. AtLeast(nameof(RewardLayers), RewardLayers ?? 1, 1),
        .. AtLeast(nameof(DiscountLayers), DiscountLayers ?? 1, 1),
        .. AtLeast(nameof(CriticLayers), CriticLayers ?? 1, 1),
        .. AtLeast(nameof(TwoHotBins), TwoHotBins, 3),
        .. ShareBelowOne(nameof(Unimix), Unimix),
        .. ShareBelowOne(nameof(ActionUnimix), ActionUnimix),
        .. Defined(nameof(Cell), Cell),
        .. Defined(nameof(RewardHead), RewardHead),
        .. Defined(nameof(CriticHead), CriticHead),
        .. Defined(nameof(Latent), Latent),
        .. Defined(nameof(Norm), Norm),
        .. Defined(nameof(Activation), Activation),
        .. Defined(nameof(CnnActivation), CnnActivation),
        .. Defined(nameof(ContinuousActions), ContinuousActions),
        .. LatentStd.Errors(nameof(LatentStd)),
        .. ActionStd?.Errors(nameof(ActionStd)) ?? [],
        .. ShareAboveZero(nameof(ConstantDiscount), ConstantDiscount ?? 1),
        .. observation?.Image is { } image && !ImagePlan.Fits(image) ? [ImagePlan.NoNetwork(image)] : (string[])[],
    ];

    /// <summary>The distribution of the stochastic part of the latent state.</summary>
    internal ILatentDistribution CreateLatents() =>
        Latent == LatentKind.Gaussian ? new DiagonalGaussian(Stoch, LatentStd) : new OneHotCategorical(Stoch, Classes, (float)Unimix);

    /// <summary>The distribution of actions.</summary>
    internal IDistribution CreateActions(ActionSpace actions) => actions.IsDiscrete
        ? new OneHotCategorical(1, actions.Size, (float)ActionUnimix)
        : ContinuousActions switch
        {
            ActionDistribution.TanhNormal => new TanhNormal(actions.Size, ActionStd ?? new(DeviationKind.Softplus)),
            ActionDistribution.Normal => new DiagonalGaussian(actions.Size, ActionStd ?? new()),
            _ => new TruncatedNormal(actions.Size, ActionStd ?? new()),
        };

    /// <summary>Refuses sizes that cannot be used.</summary>
    /// <param name="observation">What the networks will see, or null to check the sizes alone.</param>
    /// <exception cref="ValidationException">Something is wrong; the message lists everything that is.</exception>
    public void Validate(ObservationSpace? observation = null)
    {
        if (Errors(observation) is { Count: > 0 } errors)
        {
            throw new ValidationException($"The network sizes cannot be used: {string.Join(" ", errors)}");
        }
    }
}
