using Dreamer.Inference.Stepping;

namespace Dreamer.Inference;

/// <summary>Several live episodes of an agent in lockstep: all observe and act at once.</summary>
/// <remarks>
/// Each episode gets what an <see cref="AgentSession"/> with the same seed and episode id gets, to the last bit. Not thread-safe: one caller at a time,
/// a second is refused. A call that throws leaves all episodes, and their last answers, unchanged.
/// </remarks>
public sealed class AgentBatch : IDisposable
{
    private readonly AgentManifest _manifest;
    private readonly AgentBatchOptions _options;
    private readonly StepGraphs _graphs;
    private readonly LiveEpisode[] _episodes;
    private readonly float[] _rewards;
    private readonly float[] _discounts;
    private readonly float[] _values;
    private readonly float[] _surprises;
    private readonly ExclusiveUse _use;

    internal AgentBatch(DreamerAgent agent, AgentBatchOptions options)
    {
        (_manifest, _options, Size) = (agent.Manifest, options, options.Size);
        _graphs = new StepGraphs(_manifest, agent.OpenGraph, options.Outputs, Size);
        _episodes = new LiveEpisode[Size];
        for (var i = 0; i < Size; i++)
        {
            _episodes[i] = new LiveEpisode(
                _manifest, options.ActionSelection, options.LatentSampling, options.Seed, options.EpisodeIds?[i] ?? IdAfter(i, 0));
        }
        _use = new ExclusiveUse(this, _graphs.Dispose);
        (_rewards, _discounts, _values, _surprises) = (new float[Size], new float[Size], new float[Size], new float[Size]);
    }

    /// <summary>The number of episodes.</summary>
    public int Size { get; }

    /// <summary>[size]: the predicted rewards for arriving at the last observations. A view that the next call changes.</summary>
    /// <exception cref="InvalidOperationException">The batch computes no outcome.</exception>
    public ReadOnlySpan<float> Rewards => Computed(AgentOutputs.Outcome, _rewards);

    /// <summary>[size]: the predicted discount factors on what follows the last observations. A view that the next call changes.</summary>
    /// <inheritdoc cref="Rewards" path="/exception"/>
    public ReadOnlySpan<float> Discounts => Computed(AgentOutputs.Outcome, _discounts);

    /// <summary>[size]: the critic's values of the states at the last observations. A view that the next call changes.</summary>
    /// <inheritdoc cref="Rewards" path="/exception"/>
    public ReadOnlySpan<float> Values => Computed(AgentOutputs.Outcome, _values);

    /// <summary>[size]: how far the last observations moved the states from what was expected, in nats. A view that the next call changes.</summary>
    /// <exception cref="InvalidOperationException">The batch computes no surprise.</exception>
    public ReadOnlySpan<float> Surprises => Computed(AgentOutputs.Surprise, _surprises);

    /// <summary>Names a current episode.</summary>
    /// <param name="index">Its place in the batch.</param>
    public string EpisodeId(int index) => _episodes[index].EpisodeId;

    /// <summary>The number of observations in an episode so far.</summary>
    /// <param name="index">Its place in the batch.</param>
    public long Step(int index) => _episodes[index].Step;

    /// <summary>The recurrent state of an episode: stoch, then deter. A view that the next call changes.</summary>
    /// <param name="index">Its place in the batch.</param>
    public ReadOnlySpan<float> Latent(int index) => _episodes[index].Latent;

    /// <summary>The probabilities of an episode's discrete actions. A view that the next call changes.</summary>
    /// <param name="index">Its place in the batch.</param>
    /// <exception cref="InvalidOperationException">The batch computes no probabilities, or actions are continuous.</exception>
    public ReadOnlySpan<float> ActionProbabilities(int index) => _options.Outputs.HasFlag(AgentOutputs.ActionProbabilities) && _manifest.Action.IsDiscrete
        ? _episodes[index].ActionProbabilities : throw NotComputed(AgentOutputs.ActionProbabilities);

    /// <summary>Takes an observation of every episode and acts on it.</summary>
    /// <param name="images">[size, H, W, C]; empty if the agent observes none.</param>
    /// <param name="vectors">[size, N]; empty if the agent observes none.</param>
    /// <param name="actions">[size]: receives the actions, from 0 to the number of actions minus 1.</param>
    /// <exception cref="ArgumentException">A size is wrong, or a number is not finite.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a state or an answer that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The agent's actions are continuous.</exception>
    public void Act(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, Span<int> actions)
    {
        _manifest.RequireDiscrete();
        _manifest.RequireSize(actions.Length, Size, nameof(actions), Size);
        using var use = _use.Begin();
        Advance(images, vectors, executed: []);
        for (var i = 0; i < Size; i++)
        {
            actions[i] = _episodes[i].ActionIndex;
        }
    }

    /// <summary>Takes an observation of every episode and acts on it.</summary>
    /// <param name="images">[size, H, W, C]; empty if the agent observes none.</param>
    /// <param name="vectors">[size, N]; empty if the agent observes none.</param>
    /// <param name="actions">[size, A]: receives the actions, one-hot if they are discrete.</param>
    /// <exception cref="ArgumentException">A size is wrong, or a number is not finite.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a state or an answer that is not finite.</exception>
    public void Act(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, Span<float> actions) => Advance(images, vectors, executed: [], actions);

    /// <summary>Takes an observation of every episode that someone else's actions led to, and acts on it.</summary>
    /// <param name="images">[size, H, W, C]; empty if the agent observes none.</param>
    /// <param name="vectors">[size, N]; empty if the agent observes none.</param>
    /// <param name="executedActions">[size, A]: the actions that were executed instead of the proposed ones; ignored at an episode's first row.</param>
    /// <param name="actions">[size, A]: receives the actions that are proposed now.</param>
    /// <inheritdoc cref="Act(ReadOnlySpan{byte}, ReadOnlySpan{float}, Span{float})" path="/exception"/>
    public void Observe(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, ReadOnlySpan<float> executedActions, Span<float> actions)
    {
        _manifest.RequireActions(executedActions, nameof(executedActions), Size);
        Advance(images, vectors, executedActions, actions);
    }

    /// <summary>Ends one episode and begins the next in its place.</summary>
    /// <param name="index">Its place in the batch.</param>
    /// <param name="episodeId">Names the next episode; by default <c>batch-{index}-episode-1</c> and so on.</param>
    public void Reset(int index, string? episodeId = null)
    {
        using var use = _use.Begin();
        _episodes[index].Reset(resets => episodeId ?? IdAfter(index, resets));
    }

    /// <summary>Frees the buffers and releases the graphs.</summary>
    public void Dispose() => _use.Dispose();

    private static string IdAfter(int index, int resets) => $"batch-{index}-episode-{resets}";

    private void Advance(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, ReadOnlySpan<float> executed, Span<float> actions)
    {
        _manifest.RequireSize(actions.Length, Size * _manifest.Action.Size, nameof(actions), Size);
        using var use = _use.Begin();
        Advance(images, vectors, executed);
        for (var i = 0; i < Size; i++)
        {
            _episodes[i].Action.CopyTo(Part(actions, i));
        }
    }

    private void Advance(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, ReadOnlySpan<float> executed)
    {
        _manifest.RequireObservation(images, vectors, Size);
        for (var i = 0; i < Size; i++)
        {
            _episodes[i].Write(_graphs, i, new AgentObservation(Part(images, i), Part(vectors, i)), Part(executed, i));
        }
        _graphs.Run(Size);
        for (var i = 0; i < Size; i++)
        {
            _episodes[i].Guard(_graphs, i);
        }
        for (var i = 0; i < Size; i++)
        {
            var episode = _episodes[i];
            episode.Commit(_graphs, i);
            (_rewards[i], _discounts[i], _values[i], _surprises[i]) = (episode.Reward, episode.Discount, episode.Value, episode.Surprise);
        }
    }

    private Span<float> Part(Span<float> values, int index) => values.Slice(index * (values.Length / Size), values.Length / Size);

    private ReadOnlySpan<T> Part<T>(ReadOnlySpan<T> values, int index) => values.Slice(index * (values.Length / Size), values.Length / Size);

    private float[] Computed(AgentOutputs output, float[] numbers) => _options.Outputs.HasFlag(output) ? numbers : throw NotComputed(output);

    private InvalidOperationException NotComputed(AgentOutputs output) =>
        new($"The batch was created with {nameof(AgentBatchOptions.Outputs)} = {_options.Outputs}; create it with {output}.");
}
