namespace Dreamer.Training.Optimization;

/// <summary>A loss or a gradient became infinite or not a number: training cannot go on from here.</summary>
public sealed class NonFiniteTensorException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    public NonFiniteTensorException()
        : this("a tensor")
    {
    }

    /// <summary>Creates the exception for a tensor.</summary>
    /// <param name="tensorName">Which loss or gradient it is.</param>
    public NonFiniteTensorException(string tensorName)
        : this(tensorName, innerException: null)
    {
    }

    /// <summary>Creates the exception for a tensor.</summary>
    /// <param name="tensorName">Which loss or gradient it is.</param>
    /// <param name="innerException">What led to it.</param>
    public NonFiniteTensorException(string tensorName, Exception? innerException)
        : base(Text(tensorName), innerException) => TensorName = tensorName;

    /// <summary>Creates the exception for a tensor, with what is known beside its name.</summary>
    /// <param name="tensorName">Which loss or gradient it is.</param>
    /// <param name="detail">What else is known.</param>
    /// <param name="innerException">What led to it.</param>
    public NonFiniteTensorException(string tensorName, string detail, Exception? innerException)
        : base($"{Text(tensorName)} ({detail})", innerException) => TensorName = tensorName;

    /// <summary>Which loss or gradient it is.</summary>
    public string TensorName { get; }

    private static string Text(string tensorName) =>
        $"'{tensorName}' is not finite. The weights were not moved by it; a lower learning rate or rewards of a smaller scale may help.";
}
