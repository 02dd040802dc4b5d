using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>A call to a served agent was refused; its session, if any, is unchanged.</summary>
public abstract class AgentServingException : Exception
{
    private protected AgentServingException(ServingFailure failure, string message)
        : base(message) => Failure = failure;

    /// <summary>Why.</summary>
    public ServingFailure Failure { get; }
}
