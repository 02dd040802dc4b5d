namespace Dreamer.Training.Validation;

/// <summary>The checks of options: each yields an error of the form "`Path` is X; it must be Y.", or nothing.</summary>
internal static class OptionErrors
{
    /// <summary>A whole number must be at least another.</summary>
    public static IEnumerable<string> AtLeast(string path, long value, long least) => Unless(value >= least, path, value, $"at least {least}");

    /// <summary>A number must be finite, and 0 or above.</summary>
    public static IEnumerable<string> NotNegative(string path, double value) =>
        Unless(value >= 0 && double.IsFinite(value), path, value, "0 or above");

    /// <summary>A number must be finite and above 0.</summary>
    public static IEnumerable<string> Positive(string path, double value) =>
        Unless(value > 0 && double.IsFinite(value), path, value, "above 0");

    /// <summary>A number must be in [0, 1].</summary>
    public static IEnumerable<string> Share(string path, double value) => Unless(value is >= 0 and <= 1, path, value, "in [0, 1]");

    /// <summary>A number must be in [0, 1).</summary>
    public static IEnumerable<string> ShareBelowOne(string path, double value) => Unless(value is >= 0 and < 1, path, value, "in [0, 1)");

    /// <summary>A number must be in (0, 1].</summary>
    public static IEnumerable<string> ShareAboveZero(string path, double value) => Unless(value is > 0 and <= 1, path, value, "in (0, 1]");

    /// <summary>A name must be one of its enumeration.</summary>
    public static IEnumerable<string> Defined<T>(string path, T value)
        where T : struct, Enum =>
        Unless(Enum.IsDefined(value), path, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>The error of a value unless it is valid.</summary>
    public static IEnumerable<string> Unless(bool isValid, string path, object value, string allowed) =>
        isValid ? [] : [$"{path} is {value}; it must be {allowed}."];

    /// <summary>Throws if there is any error; the message lists all of them.</summary>
    /// <param name="errors">The errors.</param>
    /// <param name="subject">What they are of, in the plural: "The options 'catch'".</param>
    /// <param name="parameter">The parameter that it came in.</param>
    /// <exception cref="ArgumentException">There is an error.</exception>
    public static void Validate(IEnumerable<string> errors, string subject, string parameter)
    {
        if (errors.ToArray() is { Length: > 0 } all)
        {
            throw new ArgumentException($"{subject} are invalid:\n- {string.Join("\n- ", all)}", parameter);
        }
    }
}
