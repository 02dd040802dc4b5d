using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;

namespace Dreamer.Cli.Reporting;

/// <summary>Plays an agent and asks its world model, at every step, what each action would lead to.</summary>
internal static class PerActionFrames
{
    private const int SamplesPerAction = 2;

    /// <summary>Plays greedy episodes.</summary>
    /// <param name="agent">An agent with discrete actions that observes an image.</param>
    /// <param name="environment">Where it plays.</param>
    /// <param name="episodes">How many episodes.</param>
    /// <param name="seed">The seed of every sample.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="NotSupportedException">The agent has continuous actions or sees no image.</exception>
    internal static IReadOnlyList<PerActionFrame> Play(
        DreamerAgent agent, IEnvironment environment, int episodes, ulong seed, CancellationToken cancellationToken)
    {
        if (!agent.Manifest.Action.IsDiscrete || agent.Manifest.Image is not { } shape)
        {
            throw new NotSupportedException($"The per-action picture needs discrete actions and an image; agent '{agent.Manifest.Name}' has not both.");
        }

        var frames = new List<PerActionFrame>();
        using var imagination = agent.CreateImagination(seed);
        using var player = new AgentPlayer(agent, environment, new AgentPlayerOptions { Seed = seed, Outputs = AgentOutputs.All });
        player.RowPlayed = (row, session) => frames.Add(Frame(row, session, imagination, agent.Manifest, shape));
        for (var i = 0; i < episodes; i++)
        {
            player.PlayEpisode(cancellationToken);
        }
        return frames;
    }

    private static PerActionFrame Frame(
        EnvironmentStep row, AgentSession session, AgentImagination imagination, AgentManifest manifest, ImageShape shape)
    {
        PictureWithOutcome Picture(ImaginedState state) =>
            new(ObservationPicture.ToDataUri(state.Image, shape), state.Reward, state.Discount, state.Value);

        var latent = session.Latent.ToArray();
        var probabilities = session.ActionProbabilities.ToArray();
        var here = imagination.Describe(latent);
        var branches = manifest.Action.Names!.Select((name, action) => new ActionBranch(
            name,
            probabilities[action],
            Picture(imagination.Step(latent, action)),
            [.. Enumerable.Range(0, SamplesPerAction).Select(_ => Picture(imagination.Step(latent, action, LatentSampling.Sampled)))]));
        return new PerActionFrame(
            session.Step - 1,
            Array.IndexOf(here.GreedyAction, 1f),
            row.Reward,
            session.Surprise,
            ObservationPicture.ToDataUri(row.Image, shape),
            Picture(here),
            [.. branches]);
    }
}
