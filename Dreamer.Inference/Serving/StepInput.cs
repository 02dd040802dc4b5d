namespace Dreamer.Inference.Serving;

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

    /// <exception cref="ArgumentException">Something is not of the agent's shape, or a number is not finite.</exception>
    internal void Validate(AgentManifest agent)
    {
        RequireSize(Image.Length, agent.Image?.Size ?? 0, "image", agent);
        RequireSize(Vector.Length, agent.VectorSize, "vector", agent);
        FiniteNumbers.Require(Vector.Span, "vector");
        if (ExecutedAction is { } executed)
        {
            RequireChoice(executed, agent);
        }
        if (!ExecutedActionValues.IsEmpty)
        {
            if (ExecutedAction is not null)
            {
                throw Refused(nameof(ExecutedAction), $"Both '{nameof(ExecutedAction)}' and '{nameof(ExecutedActionValues)}' are there; one action was executed.");
            }
            RequireSize(ExecutedActionValues.Length, agent.Action.Size, nameof(ExecutedActionValues), agent);
            FiniteNumbers.Require(ExecutedActionValues.Span, nameof(ExecutedActionValues));
        }
        if (Timeout is { Ticks: <= 0 })
        {
            throw Refused(nameof(Timeout), $"'{nameof(Timeout)}' is {Timeout}; it must be positive.");
        }
    }

    private static void RequireChoice(int executed, AgentManifest agent)
    {
        if (!agent.Action.IsDiscrete)
        {
            throw Refused(nameof(ExecutedAction), $"The actions of agent '{agent.Name}' are continuous: give '{nameof(ExecutedActionValues)}', {agent.Action.Size} numbers.");
        }
        if (executed < 0 || executed >= agent.Action.Size)
        {
            throw Refused(nameof(ExecutedAction), $"'{nameof(ExecutedAction)}' is {executed}; agent '{agent.Name}' has the actions 0 to {agent.Action.Size - 1}.");
        }
    }

    private static void RequireSize(int found, int expected, string what, AgentManifest agent)
    {
        if (found != expected)
        {
            var shape = what == "image" && agent.Image is { } image ? $", {image} row-major" : "";
            throw new ArgumentException($"'{what}' has {found} values; agent '{agent.Name}' takes {expected}{shape}.", what);
        }
    }

    private static ArgumentException Refused(string what, string message) => new(message, what);
}
