using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The time that the caller gave was over before the call's turn came.</summary>
public sealed class AgentDeadlineException : AgentServingException
{
    internal AgentDeadlineException(string what, TimeSpan timeout)
        : base(ServingFailure.DeadlineExceeded, $"{what} was not available within {timeout}.")
    {
    }
}
