namespace Dreamer.Inference;

/// <summary>An agent folder, or a part of it, is invalid; the message names the file, what was found and what is expected.</summary>
public sealed class InvalidAgentException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public InvalidAgentException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public InvalidAgentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public InvalidAgentException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
