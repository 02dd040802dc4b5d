namespace Dreamer.Inference;

/// <summary>An agent computed a number that is not finite: its weights are not fit for use, or the observation is far from all it knows.</summary>
/// <remarks>The episode that it happened in is as it was before the call.</remarks>
public sealed class NonFiniteOutputException : Exception
{
    /// <summary>Says what happened.</summary>
    /// <param name="message">What was not finite, and where.</param>
    public NonFiniteOutputException(string message)
        : base(message)
    {
    }
}
