namespace Dreamer.Training.Environments;

/// <summary>An environment returned a row that breaks the contract of <see cref="IEnvironment"/>.</summary>
public sealed class InvalidEnvironmentException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The place, the returned row, and the contract.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidEnvironmentException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
