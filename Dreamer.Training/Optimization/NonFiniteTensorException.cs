namespace Dreamer.Training.Optimization;

/// <summary>A loss or a gradient is infinite or NaN: training cannot continue.</summary>
public sealed class NonFiniteTensorException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="tensorName">The name of the loss or gradient.</param>
    /// <param name="detail">Further details.</param>
    /// <param name="innerException">The cause.</param>
    public NonFiniteTensorException(string tensorName, string? detail = null, Exception? innerException = null)
        : base(
            $"'{tensorName}' is not finite{(detail is null ? "" : $" ({detail})")}. The weights were not updated; a lower learning rate or smaller " +
            "rewards may help.",
            innerException) => TensorName = tensorName;

    /// <summary>The name of the loss or gradient.</summary>
    public string TensorName { get; }
}
