using System.Text.Json.Serialization;

namespace Dreamer.Training.Behavior;

/// <summary>What a critic that follows the trained one slowly is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TargetCriticUse>))]
public enum TargetCriticUse
{
    /// <summary>Returns and baselines are taken from it: DreamerV2's.</summary>
    Values,

    /// <summary>There is none, returns and baselines are the trained critic's: DreamerV1's.</summary>
    None,

    /// <summary>Returns and baselines are the trained critic's, which is drawn towards the slow one's values as well: DreamerV3's.</summary>
    Regularizer,
}
