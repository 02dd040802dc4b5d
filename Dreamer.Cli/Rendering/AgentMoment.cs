using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Rendering;

/// <summary>What an agent sees and thinks at one row of an episode.</summary>
/// <param name="Episode">The episode's id.</param>
/// <param name="Step">The row's number in it.</param>
/// <param name="Return">The sum of its rewards so far.</param>
/// <param name="Row">What was seen and received.</param>
/// <param name="Believed">What the world model makes of it, and what the policy does.</param>
/// <param name="Surprise">KL of posterior from prior, in nats.</param>
internal sealed record AgentMoment(string Episode, long Step, double Return, EnvironmentStep Row, ImaginedState Believed, float Surprise)
{
    /// <summary>The moment right after a session acted.</summary>
    /// <param name="row">What it acted on.</param>
    /// <param name="session">A session that computes surprise and can imagine.</param>
    /// <param name="sumOfRewards">The episode's return so far.</param>
    internal static AgentMoment Of(EnvironmentStep row, AgentSession session, double sumOfRewards) =>
        new(session.EpisodeId, session.Step - 1, sumOfRewards, row, session.Describe(), session.Surprise);

    /// <summary>The action of a greedy player: its name, or its numbers where actions are continuous.</summary>
    internal string Action(AgentManifest agent) =>
        agent.Action.IsDiscrete ? agent.Action.Names![Array.IndexOf(Believed.GreedyAction, 1f)] : FewNumbers.Text(Believed.GreedyAction);
}
