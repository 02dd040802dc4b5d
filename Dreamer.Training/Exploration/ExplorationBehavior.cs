using System.Text.Json.Serialization;

namespace Dreamer.Training.Exploration;

/// <summary>Who acts while a run gathers experience, after the prefill.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExplorationBehavior>))]
public enum ExplorationBehavior
{
    /// <summary>The policy that learns the task, its actions sampled.</summary>
    Task,

    /// <summary>Nobody: actions are drawn at random from all that can be done.</summary>
    Random,

    /// <summary>A policy of its own that learns to go where an ensemble of predictors disagrees (Sekar et al., 2020).</summary>
    Plan2Explore,
}
