namespace Dreamer.Inference;

/// <summary>How a batch of episodes acts, and what it computes.</summary>
public sealed record AgentBatchOptions
{
    /// <summary>The number of episodes, at least 1.</summary>
    public required int Size { get; init; }

    /// <summary>The seed of all samples.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>Names the first episodes, [size]; null for <c>batch-0-episode-0</c>, <c>batch-1-episode-0</c> and so on.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public IReadOnlyList<string>? EpisodeIds { get; init; }

    /// <summary>Which action is taken.</summary>
    /// <value>The default value is <see cref="ActionSelection.Greedy"/>.</value>
    public ActionSelection ActionSelection { get; init; } = ActionSelection.Greedy;

    /// <summary>How latents are drawn from the posterior.</summary>
    /// <value>The default value is <see cref="LatentSampling.Sampled"/>.</value>
    public LatentSampling LatentSampling { get; init; } = LatentSampling.Sampled;

    /// <summary>What to compute in addition to the actions; <see cref="AgentOutputs.Imagination"/> is not available in batches.</summary>
    /// <value>The default value is <see cref="AgentOutputs.All"/>.</value>
    public AgentOutputs Outputs { get; init; } = AgentOutputs.All;

    /// <summary>Every error in these options.</summary>
    internal IEnumerable<string> Errors()
    {
        if (Size < 1)
        {
            yield return $"{nameof(Size)} is {Size}; it must be at least 1.";
        }
        if (EpisodeIds is { } ids && ids.Count != Size)
        {
            yield return $"{nameof(EpisodeIds)} has {ids.Count} names for {Size} episodes.";
        }
        if (Outputs.HasFlag(AgentOutputs.Imagination))
        {
            yield return $"{nameof(Outputs)} is {Outputs}; a batch does not imagine: use {nameof(DreamerAgent)}.{nameof(DreamerAgent.CreateImagination)}.";
        }
    }
}
