using System.Text.Json.Serialization;

namespace Dreamer.Training.Networks;

/// <summary>The distribution of the stochastic part of a latent state.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LatentKind>))]
public enum LatentKind
{
    /// <summary>One-hot samples of categoricals: DreamerV2's.</summary>
    Categorical,

    /// <summary>Samples of independent normal distributions: DreamerV1's, and that of DreamerV2's first release on control tasks.</summary>
    Gaussian,
}
