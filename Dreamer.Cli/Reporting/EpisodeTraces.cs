using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;

namespace Dreamer.Cli.Reporting;

/// <summary>Plays an agent and records its observations and predictions.</summary>
internal static class EpisodeTraces
{
    /// <summary>Plays greedy episodes.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="environment">The environment to play in.</param>
    /// <param name="episodes">The number of episodes.</param>
    /// <param name="seed">The seed of every sample.</param>
    /// <param name="rowPlayed">Called with every row and the session that just acted on it.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    internal static IReadOnlyList<EpisodeTrace> Play(
        DreamerAgent agent,
        IEnvironment environment,
        int episodes,
        ulong seed,
        Action<EnvironmentStep, AgentSession> rowPlayed,
        CancellationToken cancellationToken)
    {
        using var player = new AgentPlayer(agent, environment, new AgentPlayerOptions { Seed = seed, Outputs = AgentOutputs.All });
        var traces = new List<EpisodeTrace>();
        for (var i = 0; i < episodes; i++)
        {
            var (latents, surprises, rewards, values) = (new List<float[]>(), new List<float>(), new List<float>(), new List<float>());
            player.RowPlayed = (row, session) =>
            {
                latents.Add(session.Latent.ToArray());
                surprises.Add(session.Surprise);
                rewards.Add(session.Reward);
                values.Add(session.Value);
                rowPlayed(row, session);
            };
            var episode = player.PlayEpisode(cancellationToken);
            traces.Add(new EpisodeTrace(episode, latents, surprises, rewards, values));
        }
        return traces;
    }
}
