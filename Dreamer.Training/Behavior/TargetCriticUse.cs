using System.Text.Json.Serialization;

namespace Dreamer.Training.Behavior;

/// <summary>The use of a critic that follows the trained one slowly.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TargetCriticUse>))]
public enum TargetCriticUse
{
    /// <summary>Returns and baselines are taken from it: DreamerV2's.</summary>
    Values,

    /// <summary>There is no slow critic; returns and baselines are the trained critic's: DreamerV1's.</summary>
    None,

    /// <summary>Returns and baselines are the trained critic's, which also learns the slow one's values: DreamerV3's.</summary>
    Regularizer,
}
