using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>How a pooled episode acts.</summary>
public sealed record EpisodeOptions
{
    /// <summary>The longest <see cref="EpisodeId"/>.</summary>
    public const int MaxEpisodeIdLength = 256;

    /// <summary>The seed of the episode's samples.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>Names the episode, or null for the id of its session. With the seed it determines every sample.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? EpisodeId { get; init; }

    /// <summary>Which action is taken.</summary>
    /// <value>The default value is <see cref="ActionSelection.Greedy"/>.</value>
    public ActionSelection ActionSelection { get; init; } = ActionSelection.Greedy;

    /// <summary>How the latent is drawn from the posterior.</summary>
    /// <value>The default value is <see cref="LatentSampling.Sampled"/>.</value>
    public LatentSampling LatentSampling { get; init; } = LatentSampling.Sampled;

    /// <summary>
    /// The result of <see cref="IAgentServer.SaveAsync"/> or <see cref="AgentSession.SaveState"/> to continue from; empty for a new episode.
    /// It contains its own seed and episode id.
    /// </summary>
    /// <value>The default value is empty.</value>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <exception cref="ArgumentException">An option is invalid.</exception>
    internal void Validate()
    {
        if (EpisodeId is { Length: 0 or > MaxEpisodeIdLength })
        {
            throw Refused(nameof(EpisodeId), $"'{nameof(EpisodeId)}' has {EpisodeId.Length} characters; 1 to {MaxEpisodeIdLength} are allowed.");
        }
        if (!Enum.IsDefined(ActionSelection))
        {
            throw Refused(nameof(ActionSelection), $"'{nameof(ActionSelection)}' is {ActionSelection}; it is {ActionSelection.Greedy} or {ActionSelection.Sampled}.");
        }
        if (!Enum.IsDefined(LatentSampling))
        {
            throw Refused(nameof(LatentSampling), $"'{nameof(LatentSampling)}' is {LatentSampling}; it is {LatentSampling.Sampled} or {LatentSampling.Mode}.");
        }
    }

    /// <exception cref="InvalidDataException">The id of a saved episode is not one that a pool serves.</exception>
    internal static void RequireSavedId(string id)
    {
        if (id.Length is 0 or > MaxEpisodeIdLength)
        {
            throw new InvalidDataException($"The saved state has an episode id of {id.Length} characters; 1 to {MaxEpisodeIdLength} are allowed.");
        }
    }

    private static ArgumentException Refused(string what, string message) => new(message, what);
}
