using System.Text.Json.Serialization;

namespace Dreamer.Training.WorldModel;

/// <summary>The transformation of recorded rewards before the reward head learns them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RewardTransform>))]
public enum RewardTransform
{
    /// <summary>Nothing.</summary>
    Identity,

    /// <summary>The hyperbolic tangent, for rewards of very different sizes, as on Atari.</summary>
    Tanh,

    /// <summary>The sign: -1, 0 or 1.</summary>
    Sign,
}
