namespace Dreamer.MLNet;

/// <summary>The settings of the steps of <c>ScoreEpisodes</c>. A null step is left out.</summary>
/// <remarks>
/// The defaults read the columns of <c>LoadFromEpisodes</c> and add <c>Embedding</c>, <c>Latent</c>, <c>Surprise</c>,
/// <c>PredictedAction</c>, <c>PredictedReward</c>, <c>PredictedDiscount</c> and <c>PredictedValue</c>.
/// </remarks>
public sealed record ScoreEpisodesOptions
{
    /// <summary>How observations are encoded.</summary>
    public EncodeObservationOptions Encoding { get; init; } = new();

    /// <summary>How the latent state is carried over rows.</summary>
    public ObserveLatentStateOptions Observing { get; init; } = new() { SurpriseColumnName = "Surprise" };

    /// <summary>How actions are picked.</summary>
    public SelectActionOptions? Acting { get; init; } = new();

    /// <summary>The predictions for states.</summary>
    public PredictOutcomeOptions? Outcomes { get; init; } = new();

    /// <summary>The imagination from each row.</summary>
    /// <value>The default value is <see langword="null"/>: nothing.</value>
    public ImagineRolloutOptions? Imagining { get; init; }

    /// <summary>The decoding of states.</summary>
    /// <value>The default value is <see langword="null"/>: nothing.</value>
    public DecodeObservationOptions? Decoding { get; init; }
}
