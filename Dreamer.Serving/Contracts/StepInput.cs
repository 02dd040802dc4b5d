using Dreamer.Inference;
using Dreamer.Inference.Stepping;

namespace Dreamer.Serving;

/// <summary>A session's input for one step.</summary>
/// <remarks>Views on the caller's memory, which must not change until the step's task completes.</remarks>
public readonly record struct StepInput
{
    /// <summary>The image, [H, W, C] bytes, row-major; empty if the agent observes none.</summary>
    public ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>The vector, [N]; empty if the agent observes none.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>The discrete action that was executed instead of the last proposed one; null if that one was executed. Ignored at an episode's first row.</summary>
    public int? ExecutedAction { get; init; }

    /// <summary>As <see cref="ExecutedAction"/>, [A]: continuous, or one-hot; empty if the proposed action was executed.</summary>
    public ReadOnlyMemory<float> ExecutedActionValues { get; init; }

    /// <summary>How long the step may wait before it starts; null for <see cref="BatchingOptions.StepTimeout"/>.</summary>
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
