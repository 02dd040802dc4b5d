using Dreamer.MLNet;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>Scores recorded episodes, the whole chain in one: encode, carry the state, pick actions, predict rewards and values.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="seed">The seed of samples: under the seed and the episode id of a live session they are the session's.</param>
    /// <returns>
    /// A chain of the steps, which add <c>Embedding</c>, <c>Latent</c>, <c>Surprise</c>, <c>PredictedAction</c>, <c>PredictedReward</c>,
    /// <c>PredictedDiscount</c> and <c>PredictedValue</c>; columns that are not read are not computed.
    /// </returns>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    /// <example><code>
    /// IDataView episodes = mlContext.Data.LoadFromEpisodes("recordings/*.npz");
    /// IDataView scored = mlContext.Transforms.ScoreEpisodes("onnx/catch").Fit(episodes).Transform(episodes);
    /// </code></example>
    public static EstimatorChain<ITransformer> ScoreEpisodes(this TransformsCatalog catalog, AgentReference agent, ulong seed = 0) =>
        catalog.ScoreEpisodes(agent, new ScoreEpisodesOptions
        {
            Observing = new ObserveLatentStateOptions { SurpriseColumnName = "Surprise", Seed = seed },
            Acting = new SelectActionOptions { Seed = seed },
        });

    /// <summary>Scores recorded episodes, the whole chain in one.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="options">The settings of the steps.</param>
    /// <returns>A chain of the steps; columns that are not read are not computed.</returns>
    /// <exception cref="ArgumentException">A setting of a step is refused.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    public static EstimatorChain<ITransformer> ScoreEpisodes(this TransformsCatalog catalog, AgentReference agent, ScoreEpisodesOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        var chain = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(catalog.EncodeObservation(agent, options.Encoding))
            .Append<ITransformer>(catalog.ObserveLatentState(agent, options.Observing));
        IEstimator<ITransformer>?[] rest =
        [
            options.Acting is { } acting ? catalog.SelectAction(agent, acting) : null,
            options.Outcomes is { } outcomes ? catalog.PredictOutcome(agent, outcomes) : null,
            options.Imagining is { } imagining ? catalog.ImagineRollout(agent, imagining) : null,
            options.Decoding is { } decoding ? catalog.DecodeObservation(agent, decoding) : null,
        ];
        foreach (var step in rest)
        {
            chain = step is null ? chain : chain.Append(step);
        }
        return chain;
    }
}
