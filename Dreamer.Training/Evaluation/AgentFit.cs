using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Evaluation;

/// <summary>Checks that an agent's observations and actions are the environment's.</summary>
internal static class AgentFit
{
    /// <exception cref="ArgumentException">They are not; the message lists the differences.</exception>
    internal static void Require(AgentManifest agent, IEnvironment environment)
    {
        var errors = new List<string>();
        Compare("image", Text(agent.Image), Text(environment.ObservationSpace.Image), errors);
        Compare("vector size", agent.VectorSize.ToString(), environment.ObservationSpace.VectorSize.ToString(), errors);
        Compare("kind of actions", agent.Action.IsDiscrete ? "discrete" : "continuous", environment.ActionSpace.IsDiscrete ? "discrete" : "continuous", errors);
        Compare("action size", agent.Action.Size.ToString(), environment.ActionSpace.Size.ToString(), errors);
        Compare("least action", Text(agent.Action.Low), Text(environment.ActionSpace.IsDiscrete ? null : environment.ActionSpace.Low), errors);
        Compare("greatest action", Text(agent.Action.High), Text(environment.ActionSpace.IsDiscrete ? null : environment.ActionSpace.High), errors);
        if (errors.Count > 0)
        {
            throw new ArgumentException($"Agent '{agent.Name}' does not fit the environment: {string.Join("; ", errors)}.", nameof(environment));
        }
    }

    private static string Text(IReadOnlyList<float>? bounds) => bounds is null ? "none" : $"[{string.Join(", ", bounds)}]";

    private static string Text<T>(T? shape) => shape?.ToString() ?? "none";

    private static void Compare(string what, string agent, string environment, List<string> errors)
    {
        if (agent != environment)
        {
            errors.Add($"the agent's {what} is {agent}, the environment's {environment}");
        }
    }
}
