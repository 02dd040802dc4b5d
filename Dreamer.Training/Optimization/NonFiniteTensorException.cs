namespace Dreamer.Training.Optimization;

/// <summary>A loss or a gradient is infinite or NaN: training cannot continue.</summary>
public sealed class NonFiniteTensorException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    public NonFiniteTensorException()
        : this("a tensor")
    {
    }

    /// <summary>Creates the exception for a tensor.</summary>
    /// <param name="tensorName">The name of the loss or gradient.</param>
    public NonFiniteTensorException(string tensorName)
        : this(tensorName, innerException: null)
    {
    }

    /// <summary>Creates the exception for a tensor.</summary>
    /// <param name="tensorName">The name of the loss or gradient.</param>
    /// <param name="innerException">The cause.</param>
    public NonFiniteTensorException(string tensorName, Exception? innerException)
        : base(Text(tensorName), innerException) => TensorName = tensorName;

    /// <summary>Creates the exception for a tensor with further details.</summary>
    /// <param name="tensorName">The name of the loss or gradient.</param>
    /// <param name="detail">Further details.</param>
    /// <param name="innerException">The cause.</param>
    public NonFiniteTensorException(string tensorName, string detail, Exception? innerException)
        : base($"{Text(tensorName)} ({detail})", innerException) => TensorName = tensorName;

    /// <summary>The name of the loss or gradient.</summary>
    public string TensorName { get; }

    private static string Text(string tensorName) =>
        $"'{tensorName}' is not finite. The weights were not updated; a lower learning rate or smaller rewards may help.";
}
