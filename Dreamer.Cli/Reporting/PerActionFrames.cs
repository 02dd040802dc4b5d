using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Reporting;

/// <summary>Asks an agent's world model, at the steps of an episode, what each action would lead to.</summary>
/// <param name="agent">An agent with discrete actions that observes an image.</param>
/// <param name="imagination">The agent's; not owned.</param>
/// <param name="largest">How many frames are kept at most: a long episode's would make a page that nobody can load.</param>
internal sealed class PerActionFrames(DreamerAgent agent, AgentImagination imagination, int largest)
{
    private const int SamplesPerAction = 2;

    private readonly List<PerActionFrame> _frames = [];
    private readonly ImageShape _shape = agent.Manifest.Image
        ?? throw new ArgumentException($"The per-action picture needs an image; agent '{agent.Manifest.Name}' sees none.", nameof(agent));

    /// <summary>Whether an agent has what the picture needs.</summary>
    internal static bool Suit(AgentManifest manifest) => manifest.Action.IsDiscrete && manifest.Image is not null;

    /// <summary>The frames so far, in order.</summary>
    internal IReadOnlyList<PerActionFrame> Frames => _frames;

    /// <summary>Adds a frame, while there is room.</summary>
    internal void Add(EnvironmentStep row, AgentSession session)
    {
        if (_frames.Count < largest)
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
