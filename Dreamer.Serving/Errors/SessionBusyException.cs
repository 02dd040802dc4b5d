using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The session answers another call right now; one call at a time.</summary>
public sealed class SessionBusyException : AgentServingException
{
    internal SessionBusyException()
        : base(ServingFailure.BusySession, "The session answers another call right now; it takes one call at a time.")
    {
    }
}
