using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>There is no session of the id that was given: it never was, or it ended.</summary>
public sealed class SessionNotFoundException : AgentServingException
{
    internal SessionNotFoundException()
        : base(ServingFailure.UnknownSession, "There is no such session; it never was, or it ended.")
    {
    }
}
