namespace Dreamer.Inference.Episodes;

/// <summary>A file is not a complete episode; the message names the file, what was found and what is expected.</summary>
public sealed class InvalidEpisodeException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public InvalidEpisodeException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public InvalidEpisodeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public InvalidEpisodeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
