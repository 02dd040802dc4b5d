using Dreamer.Inference;
using Dreamer.Inference.Stepping;

namespace Dreamer.Serving;

/// <summary>What a session observes at one step.</summary>
/// <remarks>Views on the caller's memory, read until the task of the step is over; nobody may change it before.</remarks>
public readonly record struct StepInput
{
    /// <summary>The image, [H, W, C] bytes, row-major; empty where the agent observes none.</summary>
    public ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>The vector, [N]; empty where the agent observes none.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>The discrete action that was executed in place of the last one proposed; null where that one was. At an episode's first row it counts for nothing.</summary>
    public int? ExecutedAction { get; init; }

    /// <summary>As <see cref="ExecutedAction"/>, [A]: continuous, or one-hot; empty where the action proposed was executed.</summary>
    public ReadOnlyMemory<float> ExecutedActionValues { get; init; }

    /// <summary>How long the step may wait before it begins; null for <see cref="BatchingOptions.StepTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <exception cref="ArgumentException">The input does not fit the agent, or a number is not finite.</exception>
    internal void Validate(AgentManifest agent)
    {
        agent.RequireObservation(Image.Span, Vector.Span);
        if (ExecutedAction is { } executed)
        {
            if (!ExecutedActionValues.IsEmpty)
            {
                throw Refused(nameof(ExecutedAction), $"Both '{nameof(ExecutedAction)}' and '{nameof(ExecutedActionValues)}' are set; set one.");
            }
            if (!agent.Action.IsDiscrete)
            {
                throw Refused(
                    nameof(ExecutedAction),
                    $"The actions of agent '{agent.Name}' are continuous: set '{nameof(ExecutedActionValues)}' to {agent.Action.Size} numbers.");
            }
            agent.RequireChoice(executed, nameof(ExecutedAction));
        }
        else if (!ExecutedActionValues.IsEmpty)
        {
            agent.RequireActions(ExecutedActionValues.Span, nameof(ExecutedActionValues));
        }
        if (Timeout is { Ticks: <= 0 })
        {
            throw Refused(nameof(Timeout), $"'{nameof(Timeout)}' is {Timeout}; it must be positive.");
        }
    }

    private static ArgumentException Refused(string what, string message) => new(message, what);
}
