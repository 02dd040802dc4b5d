using System.Diagnostics;

namespace Dreamer.Training.Telemetry;

/// <summary>The phases of an update, as activities of <see cref="Source"/>; they cost nothing without a listener.</summary>
/// <remarks>Phases do not contain each other. Thread-safe.</remarks>
public static class TrainingPhases
{
    /// <summary>The name of the activity source for OpenTelemetry and <see cref="ActivityListener"/>.</summary>
    public const string SourceName = "Dreamer.Training";

    /// <summary>Embedding the recorded observations.</summary>
    public const string Encode = "encode";

    /// <summary>Carrying the posterior state through the recorded sequences, and predicting the priors.</summary>
    public const string Observe = "observe";

    /// <summary>The world model's heads, decoder and losses.</summary>
    public const string Heads = "heads";

    /// <summary>The gradients of the losses.</summary>
    public const string Backward = "backward";

    /// <summary>Imagining trajectories.</summary>
    public const string Imagine = "imagine";

    /// <summary>Rewards, discounts, values and returns of what was imagined, and the losses of actor and critic.</summary>
    public const string Behavior = "behavior";

    /// <summary>Clipping gradients and moving weights.</summary>
    public const string Optimize = "optimize";

    /// <summary>All phases, in the order of an update.</summary>
    public static IReadOnlyList<string> All { get; } = [Encode, Observe, Heads, Backward, Imagine, Behavior, Optimize];

    /// <summary>The source of the activities.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Begins a phase, which ends when it is disposed.</summary>
    internal static Activity? Begin(string phase) => Source.StartActivity(phase);
}
