using Dreamer.Inference;

namespace Dreamer.Training.Evaluation;

/// <summary>How an agent plays.</summary>
public sealed record AgentPlayerOptions
{
    /// <summary>The seed of the session's samples.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>How actions are selected.</summary>
    /// <value>The default value is <see cref="ActionSelection.Greedy"/>.</value>
    public ActionSelection ActionSelection { get; init; } = ActionSelection.Greedy;

    /// <summary>The outputs that are computed, and logged in the episodes, in addition to the action.</summary>
    /// <value>The default value is <see cref="AgentOutputs.None"/>.</value>
    public AgentOutputs Outputs { get; init; } = AgentOutputs.None;

    /// <summary>The most steps of an episode, which is then cut; a task without an end needs it.</summary>
    /// <value>The default value is 27,000, the reference's limit for Atari.</value>
    public int MaxSteps { get; init; } = 27_000;

    /// <summary>The prefix of the episodes' ids; the seed and a number follow.</summary>
    /// <value>The default value is <c>play-</c>.</value>
    public string EpisodePrefix { get; init; } = "play-";
}
