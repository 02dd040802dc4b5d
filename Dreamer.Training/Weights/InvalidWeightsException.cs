namespace Dreamer.Training.Weights;

/// <summary>A file of weights is damaged, or its tensors do not match the networks.</summary>
public sealed class InvalidWeightsException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what is wrong with it, what was expected.</param>
    public InvalidWeightsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a cause.</summary>
    /// <param name="message">Which file, what is wrong with it, what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidWeightsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
