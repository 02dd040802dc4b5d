using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The session was idle for longer than <see cref="SessionPoolOptions.IdleTimeout"/> and is gone.</summary>
public sealed class SessionExpiredException : AgentServingException
{
    internal SessionExpiredException(TimeSpan idleTimeout)
        : base(ServingFailure.ExpiredSession, $"The session is gone: it was idle for {idleTimeout} or longer.")
    {
    }
}
