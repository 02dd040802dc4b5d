using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>What a service's clients count on: an agent may take another's place where it observes and does the same.</summary>
internal static class AgentContract
{
    /// <summary>What a client would notice; null where nothing is.</summary>
    internal static string? Difference(AgentManifest served, AgentManifest offered)
    {
        var (before, after) = (Observations(served), Observations(offered));
        if (before != after)
        {
            return $"It observes {after}; what is served observes {before}.";
        }
        (before, after) = (Actions(served), Actions(offered));
        return before == after ? null : $"Its actions are {after}; those of what is served are {before}.";
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
