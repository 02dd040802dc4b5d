namespace Dreamer.Training.Environments;

/// <summary>An environment threw an exception, or did not answer in time.</summary>
public sealed class EnvironmentFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The environment, the episode, the row, and what happened.</param>
    /// <param name="innerException">What the environment threw; null if it did not answer.</param>
    public EnvironmentFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
