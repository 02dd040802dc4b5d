namespace Dreamer.Training.Export;

/// <summary>An agent cannot have int8 weights: no dense layer is large enough, or its policy would change too much.</summary>
public sealed class QuantizationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The measured and the allowed value.</param>
    public QuantizationException(string message)
        : base(message)
    {
    }
}
