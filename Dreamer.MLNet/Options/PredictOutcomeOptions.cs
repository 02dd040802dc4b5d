using System.Text.Json.Serialization;

namespace Dreamer.MLNet;

/// <summary>The settings of <c>PredictOutcome</c>.</summary>
public sealed record PredictOutcomeOptions
{
    /// <summary>The column of the state, Vector&lt;Single, S*C + D&gt;.</summary>
    /// <value>The default value is <c>Latent</c>.</value>
    public string InputColumnName { get; init; } = "Latent";

    /// <summary>The column of the reward of arriving in the state, Single; null to leave it out.</summary>
    /// <value>The default value is <c>PredictedReward</c>.</value>
    public string? RewardColumnName { get; init; } = "PredictedReward";

    /// <summary>The column of the discount factor on what follows, Single, 0 if the episode ends; null to leave it out.</summary>
    /// <value>The default value is <c>PredictedDiscount</c>.</value>
    public string? DiscountColumnName { get; init; } = "PredictedDiscount";

    /// <summary>The column of the critic's value of the state, Single; null to leave it out.</summary>
    /// <value>The default value is <c>PredictedValue</c>.</value>
    public string? ValueColumnName { get; init; } = "PredictedValue";

    /// <inheritdoc cref="EncodeObservationOptions.GpuDeviceId"/>
    [JsonIgnore]
    public int? GpuDeviceId { get; init; }

    /// <inheritdoc cref="EncodeObservationOptions.FallbackToCpu"/>
    [JsonIgnore]
    public bool FallbackToCpu { get; init; }
}
