using Dreamer.Inference;
using Dreamer.Inference.IO;
using Dreamer.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Cli.Scoring;

/// <summary>The pipeline that <c>dreamer score</c> runs: encode, filter, act, judge.</summary>
internal static class ScorePipeline
{
    /// <summary>The columns that scores are made of.</summary>
    internal static readonly string[] Columns =
        ["EpisodeId", "Step", "Reward", Action, "PredictedReward", "PredictedDiscount", "PredictedValue", "Surprise"];

    private const string Action = "PredictedAction";

    /// <summary>Fits the pipeline to the schema of recorded episodes.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="agent">The agent; it stays the caller's.</param>
    /// <param name="episodes">Recorded episodes.</param>
    /// <param name="seed">The seed of the latents' samples: the session's, to see what it saw.</param>
    internal static ITransformer Fit(MLContext ml, DreamerAgent agent, IDataView episodes, ulong seed)
    {
        var observation = agent.Manifest.Image is not null ? "Image" : "Vector";
        return ml.Transforms.EncodeObservation("Embedding", observation, agent)
            .Append(ml.Transforms.ObserveLatentState(agent, new ObserveLatentStateOptions { SurpriseColumnName = "Surprise", Seed = seed }))
            .Append(ml.Transforms.SelectAction("PredictedAction", "Latent", agent))
            .Append(ml.Transforms.PredictOutcome("Latent", agent))
            .Fit(episodes);
    }

    /// <summary>Saves a pipeline for <c>mlContext.Model.Load</c>.</summary>
    internal static void SaveModel(MLContext ml, ITransformer model, DataViewSchema schema, string path) =>
        AtomicFile.Write(path, stream => ml.Model.Save(model, schema, stream));

    /// <summary>Writes the scores of episodes to a file.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="scored">Rows that <see cref="Fit"/>'s pipeline has scored.</param>
    /// <param name="path">The file: <c>.csv</c>, or <c>.idv</c>, ML.NET's binary format.</param>
    /// <exception cref="ArgumentException">The file's ending is neither.</exception>
    internal static void Save(MLContext ml, IDataView scored, string path)
    {
        RequireFormat(path);
        if (Path.GetExtension(path) == Binary)
        {
            var columns = ml.Transforms.SelectColumns(Columns).Fit(scored).Transform(scored);
            AtomicFile.Write(path, stream => ml.Data.SaveAsBinary(columns, stream));
            return;
        }

        // Discrete actions are keys, which are written by their names; continuous ones are vectors, written number by number.
        var select = ml.Transforms.SelectColumns(Columns);
        IEstimator<ITransformer> columnsAsText = scored.Schema[Action].Type is KeyDataViewType ? ml.Transforms.Conversion.MapKeyToValue(Action).Append(select) : select;
        var named = columnsAsText.Fit(scored).Transform(scored);
        AtomicFile.Write(path, stream => ml.Data.SaveAsText(named, stream, separatorChar: ',', headerRow: true, schema: false));
    }

    /// <summary>Refuses a file that scores cannot be written to, before anything is scored.</summary>
    /// <inheritdoc cref="Save" path="/exception"/>
    internal static void RequireFormat(string path)
    {
        if (Path.GetExtension(path) is not (Text or Binary))
        {
            throw new ArgumentException($"'{path}' does not say how to write scores: its ending may be {Text} or {Binary}.", nameof(path));
        }
    }

    private const string Text = ".csv";
    private const string Binary = ".idv";
}
