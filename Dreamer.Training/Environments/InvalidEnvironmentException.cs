namespace Dreamer.Training.Environments;

/// <summary>An environment returned a row that breaks the contract of <see cref="IEnvironment"/>.</summary>
public sealed class InvalidEnvironmentException : Exception
{
    /// <summary>Creates the exception.</summary>
    public InvalidEnvironmentException()
        : base("The environment breaks its contract.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The place, the returned row, and the contract.</param>
    public InvalidEnvironmentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">The place, the returned row, and the contract.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidEnvironmentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
