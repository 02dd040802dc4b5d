using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The service ends and takes no more of these calls.</summary>
public sealed class AgentStoppingException : AgentServingException
{
    internal AgentStoppingException(string agent)
        : base(ServingFailure.Stopping, $"Agent '{agent}' is no longer served: the service is stopping.")
    {
    }
}
