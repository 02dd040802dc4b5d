namespace AgentService.Problems;

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException(Problem problem, string detail, Exception? cause = null) : Exception(detail, cause)
{
    private const string ParameterSuffix = " (Parameter '";

    public Problem Problem { get; } = problem;

    /// <summary>A problem from an argument check, without parameter names, which mean nothing to clients.</summary>
    public static ProblemException Of(Problem problem, ArgumentException cause)
    {
        var end = cause.Message.IndexOf(ParameterSuffix, StringComparison.Ordinal);
        return new ProblemException(problem, end < 0 ? cause.Message : cause.Message[..end], cause);
    }
}
