using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The contract with a service's clients: an agent can replace another with the same observations and actions.</summary>
internal static class AgentContract
{
    /// <summary>The difference that a client would notice, or null.</summary>
    internal static string? Difference(AgentManifest served, AgentManifest offered)
    {
        var (before, after) = (Observations(served), Observations(offered));
        if (before != after)
        {
            return $"It observes {after}; the served agent observes {before}.";
        }
        (before, after) = (Actions(served), Actions(offered));
        return before == after ? null : $"Its actions are {after}; the served agent's actions are {before}.";
    }

    private static string Observations(AgentManifest agent) => string.Join(
        " and ",
        agent.Observations.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"'{o.Key}' {o.Type} [{string.Join(", ", o.Shape)}]"));

    private static string Actions(AgentManifest agent)
    {
        var action = agent.Action;
        return action.IsDiscrete
            ? $"{action.Kind}, {action.Size}: {string.Join(", ", action.Names ?? [])}"
            : $"{action.Kind}, {action.Size}: from [{string.Join(", ", action.Low ?? [])}] to [{string.Join(", ", action.High ?? [])}]";
    }
}
