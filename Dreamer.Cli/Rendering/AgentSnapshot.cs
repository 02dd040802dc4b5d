using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Rendering;

/// <summary>What an agent observes and predicts at one row of an episode.</summary>
/// <param name="Episode">The episode's id.</param>
/// <param name="Step">The row's number in the episode.</param>
/// <param name="Return">The sum of the rewards so far.</param>
/// <param name="Row">The observation and the reward.</param>
/// <param name="Predicted">What the world model decodes and predicts, and what the policy does.</param>
/// <param name="Surprise">KL of posterior from prior, in nats.</param>
internal sealed record AgentSnapshot(string Episode, long Step, double Return, EnvironmentStep Row, ImaginedState Predicted, float Surprise)
{
    /// <summary>Captures a session right after it acted.</summary>
    /// <param name="row">The row it acted on.</param>
    /// <param name="session">A session that computes surprise and supports imagination.</param>
    /// <param name="sumOfRewards">The episode's return so far.</param>
    internal static AgentSnapshot Capture(EnvironmentStep row, AgentSession session, double sumOfRewards) =>
        new(session.EpisodeId, session.Step - 1, sumOfRewards, row, session.Describe(), session.Surprise);

    /// <summary>The greedy action: its name, or its numbers if actions are continuous.</summary>
    internal string Action(AgentManifest agent) =>
        agent.Action.IsDiscrete ? agent.Action.Names![Array.IndexOf(Predicted.GreedyAction, 1f)] : NumberText.Format(Predicted.GreedyAction);
}
