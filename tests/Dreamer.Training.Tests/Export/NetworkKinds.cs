using Dreamer.Training.Distributions;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Xunit;

namespace Dreamer.Training.Tests.Export;

/// <summary>Networks of every kind beside the default one: latent states, actions, layers.</summary>
internal static class NetworkKinds
{
    private static readonly ActionSpace UnitActions = ActionSpace.Continuous([-1, -1, -1], [1, 1, 1]);
    private static readonly ActionSpace BoundedActions = ActionSpace.Continuous([0, -2, 100], [1, 3, 200.5f]);

    private static readonly Dictionary<string, (Func<NetworkOptions, NetworkOptions> Options, ActionSpace? Actions)> Kinds = new(StringComparer.Ordinal)
    {
        ["Gaussian latents"] = (o => o with { Latent = LatentKind.Gaussian }, null),
        ["Gaussian latents by softplus, bounded actions"] =
            (o => o with { Latent = LatentKind.Gaussian, LatentStd = new StandardDeviation(DeviationKind.Softplus) }, BoundedActions),
        ["truncated normal actions"] = (o => o, UnitActions),
        ["truncated normal actions within bounds"] = (o => o, BoundedActions),
        ["tanh normal actions"] = (o => o with { ContinuousActions = ActionDistribution.TanhNormal }, UnitActions),
        ["normal actions"] = (o => o with { ContinuousActions = ActionDistribution.Normal }, BoundedActions),
        ["layer normalization and rectifiers"] =
            (o => o with { Norm = Normalization.Layer, Activation = Activation.Relu, CnnActivation = Activation.Relu }, null),
        ["Gaussian latents without a discount head"] = (o => o with { Latent = LatentKind.Gaussian, ConstantDiscount = 0.9 }, null),
        ["DreamerV1: a plain cell"] = (o => o with { Latent = LatentKind.Gaussian, Cell = CellKind.PlainGru, RewardLayers = 2 }, UnitActions),
        ["DreamerV3: two-hot heads, mixed categoricals, logarithmic vectors"] = (DreamerV3, null),
        ["DreamerV3 with continuous actions"] = (DreamerV3, BoundedActions),
        ["ensemble without a discount head"] = (o => o with { PriorEnsemble = 3, ConstantDiscount = 0.99 }, null),
    };

    private static NetworkOptions DreamerV3(NetworkOptions options) => options with
    {
        Unimix = 0.01,
        ActionUnimix = 0.01,
        RewardHead = ScalarHeadKind.TwoHot,
        CriticHead = ScalarHeadKind.TwoHot,
        SymlogVectors = true,
        Norm = Normalization.Layer,
        BiasBeforeNorm = false,
        Activation = Activation.Silu,
        CnnActivation = Activation.Silu,
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    public static (NetworkOptions Options, ActionSpace? Actions) Of(string kind, NetworkOptions sizes) =>
        (Kinds[kind].Options(sizes), Kinds[kind].Actions);
}
