using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>There is no session with this id: it never existed, or it ended.</summary>
public sealed class SessionNotFoundException : AgentServingException
{
    internal SessionNotFoundException()
        : base(ServingFailure.UnknownSession, "There is no session with this id: it never existed, or it ended.")
    {
    }
}
