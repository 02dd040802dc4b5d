namespace Dreamer.Training.Export;

/// <summary>An agent cannot have int8 weights: it has no dense layer that is large enough, or its policy would move too far.</summary>
public sealed class QuantizationException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">What was found, and what is allowed.</param>
    public QuantizationException(string message)
        : base(message)
    {
    }
}
