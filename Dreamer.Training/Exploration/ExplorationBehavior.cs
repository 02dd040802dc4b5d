using System.Text.Json.Serialization;

namespace Dreamer.Training.Exploration;

/// <summary>Which behavior gathers experience after the prefill.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExplorationBehavior>))]
public enum ExplorationBehavior
{
    /// <summary>The policy that learns the task, its actions sampled.</summary>
    Task,

    /// <summary>No policy: actions are uniformly random.</summary>
    Random,

    /// <summary>A separate policy that learns to go where an ensemble of predictors disagrees (Sekar et al., 2020).</summary>
    Plan2Explore,
}
