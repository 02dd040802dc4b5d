namespace Dreamer.Training.Checkpoints;

/// <summary>A checkpoint is damaged, or belongs to another run.</summary>
public sealed class InvalidCheckpointException : IOException
{
    /// <summary>Creates the exception.</summary>
    public InvalidCheckpointException()
        : base("The checkpoint is invalid.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">Which checkpoint, what is wrong with it, what was expected.</param>
    public InvalidCheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">Which checkpoint, what is wrong with it, what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidCheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
