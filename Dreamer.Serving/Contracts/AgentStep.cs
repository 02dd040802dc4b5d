using Dreamer.Inference;
using Dreamer.Inference.Stepping;

namespace Dreamer.Serving;

/// <summary>A session's answer to an observation. Values that <see cref="DreamerAgentOptions.Outputs"/> does not ask for are null.</summary>
/// <remarks>The receiver owns it. Every number in it is finite.</remarks>
public sealed record AgentStep
{
    /// <summary>The number of observations in the episode so far, this one included.</summary>
    public required long Step { get; init; }

    /// <summary>The action, from 0 to the number of actions minus 1; null if actions are continuous.</summary>
    public int? Action { get; init; }

    /// <summary>[A]: the action, one-hot if actions are discrete.</summary>
    public required float[] ActionValues { get; init; }

    /// <summary>The predicted reward for arriving here.</summary>
    public float? Reward { get; init; }

    /// <summary>The predicted discount factor on what follows; 0 if the episode ended.</summary>
    public float? Discount { get; init; }

    /// <summary>The critic's value of the state.</summary>
    public float? Value { get; init; }

    /// <summary>How far the observation moved the state from what was expected: KL of posterior from prior, in nats.</summary>
    public float? Surprise { get; init; }

    /// <summary>[A]: the probabilities of discrete actions.</summary>
    public float[]? ActionProbabilities { get; init; }

    /// <summary>The last answers of an episode.</summary>
    internal static AgentStep FromEpisode(LiveEpisode episode)
    {
        var isDiscrete = !episode.ActionProbabilities.IsEmpty;
        var hasOutcome = episode.Available.HasFlag(AgentOutputs.Outcome);
        return new AgentStep
        {
            Step = episode.Step,
            Action = isDiscrete ? episode.ActionIndex : null,
            ActionValues = [.. episode.Action],
            Reward = hasOutcome ? episode.Reward : null,
            Discount = hasOutcome ? episode.Discount : null,
            Value = hasOutcome ? episode.Value : null,
            Surprise = episode.Available.HasFlag(AgentOutputs.Surprise) ? episode.Surprise : null,
            ActionProbabilities = isDiscrete && episode.Available.HasFlag(AgentOutputs.ActionProbabilities) ? [.. episode.ActionProbabilities] : null,
        };
    }
}
