using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Conformance;

/// <summary>An estimator and the data it is fitted on, for tests that every estimator passes.</summary>
public sealed class Subject
{
    private readonly Func<MLContext, DreamerAgent, IEstimator<ITransformer>> _create;
    private readonly Func<MLContext, DreamerAgent, IEstimator<ITransformer>>? _before;

    private Subject(
        string name,
        string[] inputs,
        string[] outputs,
        Func<MLContext, DreamerAgent, IEstimator<ITransformer>> create,
        Func<MLContext, DreamerAgent, IEstimator<ITransformer>>? before = null) =>
        (Name, Inputs, Outputs, _create, _before) = (name, inputs, outputs, create, before);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        new("EncodeObservation", ["Image"], ["Embedding"], Encode),
        new("ObserveLatentState", ["Embedding", "Action", "IsFirst", "EpisodeId"], ["Latent"], Observe, Encode),
        new("ObserveLatentState with all outputs", ["Embedding", "Action", "IsFirst", "EpisodeId"],
            ["Latent", "Surprise", "Prior", "Posterior"],
            (ml, agent) => ml.Transforms.ObserveLatentState(
                agent, new() { SurpriseColumnName = "Surprise", PriorLogitsColumnName = "Prior", PosteriorLogitsColumnName = "Posterior" }),
            Encode),
        new("ObserveLatentState interleaved", ["Embedding", "Action", "IsFirst", "EpisodeId", "IsLast"], ["Latent"],
            (ml, agent) => ml.Transforms.ObserveLatentState(agent, new() { Interleaved = true }), Encode),
        new("StepLatentState", ["Latent", "Action", "IsFirst", "Embedding", "EpisodeId", "Step"], ["Next"],
            (ml, agent) => ml.Transforms.StepLatentState(
                agent, new() { OutputColumnName = "Next", PrevLatentColumnName = "Latent", PrevActionColumnName = "Action" }),
            EncodeAndObserve),
        new("PredictOutcome", ["Latent"], ["PredictedReward", "PredictedDiscount", "PredictedValue"],
            (ml, agent) => ml.Transforms.PredictOutcome("Latent", agent), EncodeAndObserve),
        new("SelectAction", ["Latent"], ["PredictedAction", "Probabilities"],
            (ml, agent) => ml.Transforms.SelectAction("PredictedAction", "Latent", agent, "Probabilities"), EncodeAndObserve),
        new("SelectAction sampled", ["Latent", "EpisodeId", "Step"], ["PredictedAction"],
            (ml, agent) => ml.Transforms.SelectAction(agent, new() { ActionSelection = ActionSelection.Sampled, Seed = 9 }), EncodeAndObserve),
        new("ImagineRollout", ["Latent"], Rollout, (ml, agent) => ml.Transforms.ImagineRollout("Rollout", "Latent", agent, horizon: 4), EncodeAndObserve),
        new("ImagineRollout sampled for each action", ["Latent", "EpisodeId", "Step"], Rollout,
            (ml, agent) => ml.Transforms.ImagineRollout(agent, new()
            {
                Horizon = 3,
                Actions = ImaginedActions.Each,
                ActionSelection = ActionSelection.Sampled,
                LatentSampling = LatentSampling.Sampled,
                Seed = 9,
            }),
            EncodeAndObserve),
        new("ImagineRollout under given actions", ["Latent", "PlannedActions"], Rollout,
            (ml, agent) => ml.Transforms.ImagineRollout(agent, new() { Horizon = 2, Actions = ImaginedActions.Given }),
            (ml, agent) => EncodeAndObserve(ml, agent).Append(ml.Transforms.Concatenate("PlannedActions", "Action", "Action"))),
        new("DecodeObservation", ["Latent"], ["Decoded"], (ml, agent) => ml.Transforms.DecodeObservation("Decoded", "Latent", agent), EncodeAndObserve),
        new("ScoreEpisodes", ["Image", "Action", "IsFirst", "EpisodeId"], Scores, (ml, agent) => ml.Transforms.ScoreEpisodes(agent, seed: 2)),
        new("ScoreEpisodes interleaved", ["Image", "Action", "IsFirst", "EpisodeId", "IsLast"], Scores,
            (ml, agent) => ml.Transforms.ScoreEpisodes(agent, new ScoreEpisodesOptions
            {
                Observing = new() { SurpriseColumnName = "Surprise", Interleaved = true, Seed = 2 },
            })),
    ];

    private static string[] Rollout => ["RolloutActions", "RolloutRewards", "RolloutDiscounts", "RolloutValues", "RolloutReturn"];

    private static string[] Scores =>
        ["Embedding", "Latent", "Surprise", "PredictedAction", "PredictedReward", "PredictedDiscount", "PredictedValue"];

    /// <summary>What the tests call it.</summary>
    public string Name { get; }

    /// <summary>The columns it reads.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The columns it adds.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The recurrent ones are read in order.</summary>
    public bool IsRecurrent => IsChain || Name.StartsWith("Observe", StringComparison.Ordinal);

    /// <summary>Several steps in one: ML.NET's chains ask by shape before they fit, and shapes know no sizes.</summary>
    public bool IsChain => Name.StartsWith("Score", StringComparison.Ordinal);

    public override string ToString() => Name;

    internal IEstimator<ITransformer> Create(MLContext ml, DreamerAgent agent) => _create(ml, agent);

    /// <summary>Recorded rows, with what the steps before this one add.</summary>
    internal IDataView Data(MLContext ml, DreamerAgent agent, IEnumerable<LoggedRow> rows) => Prepare(ml, agent, ml.Data.LoadFromEnumerable(rows));

    /// <summary>A view with what the steps before this one add.</summary>
    internal IDataView Prepare(MLContext ml, DreamerAgent agent, IDataView view) =>
        _before is null ? view : _before(ml, agent).Fit(view).Transform(view);

    private static EncodeObservationEstimator Encode(MLContext ml, DreamerAgent agent) => ml.Transforms.EncodeObservation("Embedding", "Image", agent);

    private static ObserveLatentStateEstimator Observe(MLContext ml, DreamerAgent agent) =>
        ml.Transforms.ObserveLatentState("Latent", "Embedding", agent);

    private static EstimatorChain<ObserveLatentStateTransformer> EncodeAndObserve(MLContext ml, DreamerAgent agent) =>
        Encode(ml, agent).Append(Observe(ml, agent));
}
