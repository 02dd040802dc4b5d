namespace Dreamer.Training.Checkpoints;

/// <summary>A checkpoint is damaged, or belongs to another run.</summary>
public sealed class InvalidCheckpointException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which checkpoint, what is wrong with it, what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidCheckpointException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
