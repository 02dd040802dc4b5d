using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Reporting;

/// <summary>Predicts, at each step of an episode, what every action would lead to.</summary>
/// <param name="agent">An agent with discrete actions that observes an image.</param>
/// <param name="imagination">The agent's imagination; not owned.</param>
/// <param name="maxFrames">The maximum number of frames; those of a long episode would make the page too large to load.</param>
internal sealed class PerActionFrames(DreamerAgent agent, AgentImagination imagination, int maxFrames)
{
    private const int SamplesPerAction = 2;

    private readonly List<PerActionFrame> _frames = [];
    private readonly ImageShape _shape = agent.Manifest.Image
        ?? throw new ArgumentException($"The per-action picture needs an image; agent '{agent.Manifest.Name}' observes none.", nameof(agent));

    /// <summary>Whether an agent has discrete actions and observes an image.</summary>
    internal static bool Supports(AgentManifest manifest) => manifest.Action.IsDiscrete && manifest.Image is not null;

    /// <summary>The frames so far, in order.</summary>
    internal IReadOnlyList<PerActionFrame> Frames => _frames;

    /// <summary>Adds a frame unless the maximum is reached.</summary>
    internal void Add(EnvironmentStep row, AgentSession session)
    {
        if (_frames.Count < maxFrames)
        {
            _frames.Add(Frame(row, session));
        }
    }

    private PerActionFrame Frame(EnvironmentStep row, AgentSession session)
    {
        PictureWithOutcome Picture(ImaginedState state) =>
            new(ObservationPicture.ToDataUri(state.Image, _shape), state.Reward, state.Discount, state.Value);

        var latent = session.Latent.ToArray();
        var probabilities = session.ActionProbabilities.ToArray();
        var here = imagination.Describe(latent);
        var branches = agent.Manifest.Action.Names!.Select((name, action) => new ActionBranch(
            name,
            probabilities[action],
            Picture(imagination.Step(latent, action)),
            [.. Enumerable.Range(0, SamplesPerAction).Select(_ => Picture(imagination.Step(latent, action, LatentSampling.Sampled)))]));
        return new PerActionFrame(
            session.EpisodeId,
            session.Step - 1,
            Array.IndexOf(here.GreedyAction, 1f),
            row.Reward,
            session.Surprise,
            ObservationPicture.ToDataUri(row.Image, _shape),
            Picture(here),
            [.. branches]);
    }
}
