namespace Dreamer.Fuzzing;

/// <summary>What came of a file that ONNX Runtime was given.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Text">Why.</param>
internal sealed record RuntimeVerdict(RuntimeOutcome Outcome, string Text);

/// <summary>What may come of a file that ONNX Runtime is given.</summary>
internal enum RuntimeOutcome
{
    /// <summary>It ran.</summary>
    Ran,

    /// <summary>It was refused by the documented exception.</summary>
    Refused,

    /// <summary>Another exception came out.</summary>
    Failed,

    /// <summary>The process ended.</summary>
    Died,

    /// <summary>Nothing came.</summary>
    Hung,
}
