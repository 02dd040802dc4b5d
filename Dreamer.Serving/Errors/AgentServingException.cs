using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>A call to a served agent that was not served; the session it was for, if there is one, is as it was.</summary>
public abstract class AgentServingException : Exception
{
    private protected AgentServingException(ServingFailure failure, string message)
        : base(message) => Failure = failure;

    /// <summary>Why.</summary>
    public ServingFailure Failure { get; }
}
