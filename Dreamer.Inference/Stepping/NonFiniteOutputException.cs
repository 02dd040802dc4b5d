namespace Dreamer.Inference;

/// <summary>An agent computed a number that is not finite: its weights are unusable, or the observation is far from everything it was trained on.</summary>
/// <remarks>The episode is unchanged.</remarks>
public sealed class NonFiniteOutputException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The number that is not finite, and where it is.</param>
    public NonFiniteOutputException(string message)
        : base(message)
    {
    }
}
