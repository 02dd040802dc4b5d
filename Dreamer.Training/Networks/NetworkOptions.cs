using System.ComponentModel.DataAnnotations;
using Dreamer.Training.Distributions;
using Dreamer.Training.Environments;

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

    /// <summary>What the stochastic part of the latent state is made of.</summary>
    /// <value><see cref="LatentKind.Categorical"/>.</value>
    public LatentKind Latent { get; init; }

    /// <summary>How many categoricals, or Gaussian numbers, the stochastic part of the latent state has.</summary>
    /// <value>32.</value>
    public int Stoch { get; init; } = 32;

    /// <summary>How many outcomes each categorical has, at least 2; counts for nothing where latent states are Gaussian.</summary>
    /// <value>32.</value>
    public int Classes { get; init; } = 32;

    /// <summary>The part of the uniform distribution in every categorical of the latent state.</summary>
    /// <value>0 (0.01 in DreamerV3).</value>
    public double Unimix { get; init; }

    /// <summary>How the standard deviations of Gaussian latent states come about.</summary>
    /// <value>2 * sigmoid(x / 2) + 0.1.</value>
    public StandardDeviation LatentStd { get; init; } = new();

    /// <summary>
    /// How many priors are trained side by side, each step of training one of them, drawn at random. What is exported is the first.
    /// </summary>
    /// <value>1.</value>
    public int PriorEnsemble { get; init; } = 1;

    /// <summary>The width of the layers of the reward, discount, actor and critic heads.</summary>
    /// <value>400.</value>
    public int HeadUnits { get; init; } = 400;

    /// <summary>How many layers those heads have before their output layer.</summary>
    /// <value>4.</value>
    public int HeadLayers { get; init; } = 4;

    /// <summary>How many the reward head has, where it has another number.</summary>
    /// <value>Null: <see cref="HeadLayers"/>.</value>
    public int? RewardLayers { get; init; }

    /// <summary>How many the discount head has, where it has another number.</summary>
    /// <value>Null: <see cref="HeadLayers"/>.</value>
    public int? DiscountLayers { get; init; }

    /// <summary>How many the critic has, where it has another number.</summary>
    /// <value>Null: <see cref="HeadLayers"/>.</value>
    public int? CriticLayers { get; init; }

    /// <summary>How the reward head says a reward.</summary>
    /// <value><see cref="ScalarHeadKind.Normal"/>.</value>
    public ScalarHeadKind RewardHead { get; init; }

    /// <summary>How the critic says a value.</summary>
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
    /// Whether vectors are seen, and decoded, by their symmetric logarithm, so that numbers of any size do: sign(x) ln(1 + |x|).
    /// </summary>
    /// <value>False (true in DreamerV3).</value>
    public bool SymlogVectors { get; init; }

    /// <summary>What stands between the linear part of every layer but output layers and its activation.</summary>
    /// <value><see cref="Normalization.None"/>; the recurrent cell is normalized in any case.</value>
    public Normalization Norm { get; init; }

    /// <summary>Whether layers that are normalized have a bias of their own before that.</summary>
    /// <value>True (false in DreamerV3).</value>
    public bool BiasBeforeNorm { get; init; } = true;

    /// <summary>The activation of dense layers.</summary>
    /// <value><see cref="Networks.Activation.Elu"/>.</value>
    public Activation Activation { get; init; } = Activation.Elu;

    /// <summary>The activation of convolutions.</summary>
    /// <value><see cref="Networks.Activation.Elu"/>.</value>
    public Activation CnnActivation { get; init; } = Activation.Elu;

    /// <summary>What continuous actions are drawn from.</summary>
    /// <value><see cref="ActionDistribution.TruncatedNormal"/>.</value>
    public ActionDistribution ContinuousActions { get; init; }

    /// <summary>How the standard deviations of continuous actions come about; null for what belongs to their distribution.</summary>
    /// <value>
    /// Null: 2 * sigmoid(x / 2) + 0.1, and softplus(x) + 0.1 for <see cref="ActionDistribution.TanhNormal"/>.
    /// </value>
    public StandardDeviation? ActionStd { get; init; }

    /// <summary>The part of the uniform distribution in the policy over discrete actions.</summary>
    /// <value>0 (0.01 in DreamerV3).</value>
    public double ActionUnimix { get; init; }

    /// <summary>The discount of every state, in place of a discount head; null where a head predicts it.</summary>
    /// <value>Null.</value>
    public double? ConstantDiscount { get; init; }

    /// <summary>Numbers in the stochastic part of the latent state: <c>Stoch * Classes</c>, or <c>Stoch</c> where it is Gaussian.</summary>
    public int StochSize => Latent == LatentKind.Gaussian ? Stoch : Stoch * Classes;

    /// <summary>Numbers in the latent state: the stochastic part, then the deterministic one.</summary>
    public int LatentSize => StochSize + Deter;

    internal LayerStyle DenseStyle => new(Activation, Norm, !BiasBeforeNorm);

    internal LayerStyle ConvolutionStyle => new(CnnActivation, Norm, !BiasBeforeNorm);

    /// <summary>Everything that is wrong with these sizes for an observation; empty when they can be used.</summary>
    /// <param name="observation">What the networks will see, or null to check the sizes alone.</param>
    public IReadOnlyList<string> Errors(ObservationSpace? observation = null)
    {
        var errors = new List<string>();
        AtLeast(1, Deter, nameof(Deter));
        AtLeast(1, Hidden, nameof(Hidden));
        AtLeast(1, Stoch, nameof(Stoch));
        if (Latent == LatentKind.Categorical)
        {
            AtLeast(2, Classes, nameof(Classes));
        }
        AtLeast(1, PriorEnsemble, nameof(PriorEnsemble));
        AtLeast(1, HeadUnits, nameof(HeadUnits));
        AtLeast(1, HeadLayers, nameof(HeadLayers));
        AtLeast(1, CnnDepth, nameof(CnnDepth));
        AtLeast(1, ImageEmbedding, nameof(ImageEmbedding));
        AtLeast(1, VectorUnits, nameof(VectorUnits));
        AtLeast(1, VectorLayers, nameof(VectorLayers));
        AtLeast(1, RewardLayers ?? 1, nameof(RewardLayers));
        AtLeast(1, DiscountLayers ?? 1, nameof(DiscountLayers));
        AtLeast(1, CriticLayers ?? 1, nameof(CriticLayers));
        AtLeast(3, TwoHotBins, nameof(TwoHotBins));
        Part(Unimix, nameof(Unimix));
        Part(ActionUnimix, nameof(ActionUnimix));
        Known(Cell, nameof(Cell));
        Known(RewardHead, nameof(RewardHead));
        Known(CriticHead, nameof(CriticHead));
        Known(Latent, nameof(Latent));
        Known(Norm, nameof(Norm));
        Known(Activation, nameof(Activation));
        Known(CnnActivation, nameof(CnnActivation));
        Known(ContinuousActions, nameof(ContinuousActions));
        Positive(LatentStd, nameof(LatentStd));
        Positive(ActionStd, nameof(ActionStd));
        if (ConstantDiscount is { } discount && discount is not (> 0 and <= 1))
        {
            errors.Add($"{nameof(ConstantDiscount)} is {discount}; it must be in (0, 1].");
        }
        if (observation?.Image is { } image && ImagePlan.ErrorOf(image) is { } error)
        {
            errors.Add(error);
        }
        return errors;

        void AtLeast(int least, int value, string name)
        {
            if (value < least)
            {
                errors.Add($"{name} is {value}; it must be at least {least}.");
            }
        }

        void Part(double value, string name)
        {
            if (!(value is >= 0 and < 1))
            {
                errors.Add($"{name} is {value}; it must be in [0, 1).");
            }
        }

        void Known<T>(T value, string name)
            where T : struct, Enum
        {
            if (!Enum.IsDefined(value))
            {
                errors.Add($"{name} is {value}; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");
            }
        }

        void Positive(StandardDeviation? deviation, string name)
        {
            if (deviation is null)
            {
                return;
            }
            Known(deviation.Kind, $"{name}.{nameof(deviation.Kind)}");
            if (!(deviation.Least >= 0 && float.IsFinite(deviation.Least) && float.IsFinite(deviation.Shift)))
            {
                errors.Add($"{name} has the least value {deviation.Least} and the shift {deviation.Shift}; finite ones are expected, the first 0 or above.");
            }
        }
    }

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
