using System.Diagnostics.CodeAnalysis;

namespace Dreamer.Inference.Stepping;

/// <summary>One live episode between two steps: latent, last action, step number, noise and last answers, a few kilobytes.</summary>
/// <remarks>
/// A step is <see cref="Write(StepGraphs, int, AgentObservation, ReadOnlySpan{float})"/>, <see cref="StepGraphs.Run"/>, <see cref="Guard"/>,
/// <see cref="Commit"/>. Until the commit the episode stays exactly as it was. Not thread-safe.
/// </remarks>
internal sealed class LiveEpisode
{
    private readonly AgentManifest _manifest;
    private readonly ActionSelection _selection;
    private readonly LatentSampling _sampling;
    private readonly float[] _latent;
    private readonly float[] _action;
    private readonly float[] _probabilities;
    private EpisodeNoise _noise;

    /// <summary>Begins an episode.</summary>
    internal LiveEpisode(AgentManifest manifest, ActionSelection selection, LatentSampling sampling, ulong seed, string episodeId)
    {
        (_manifest, _selection, _sampling) = (manifest, selection, sampling);
        (_latent, _action) = (new float[manifest.Latent.Size], new float[manifest.Action.Size]);
        _probabilities = new float[manifest.Action.IsDiscrete ? manifest.Action.Size : 0];
        Start(seed, episodeId);
    }

    /// <summary>The seed of the episode's samples.</summary>
    internal ulong Seed { get; private set; }

    /// <summary>Names the episode; with the seed it determines every sample.</summary>
    internal string EpisodeId { get; private set; }

    /// <summary>The number of observations so far.</summary>
    internal long Step { get; private set; }

    /// <summary>How often <see cref="Reset"/> was called.</summary>
    internal int Resets { get; private set; }

    /// <summary>The answers that the last step computed.</summary>
    internal AgentOutputs Available { get; private set; }

    /// <summary>The recurrent state: stoch, then deter.</summary>
    internal ReadOnlySpan<float> Latent => _latent;

    /// <summary>The last action, one-hot if actions are discrete.</summary>
    internal ReadOnlySpan<float> Action => _action;

    /// <summary>The last action's index, if actions are discrete.</summary>
    internal int ActionIndex => Action.IndexOf(1f);

    internal float Reward { get; private set; }

    internal float Discount { get; private set; }

    internal float Value { get; private set; }

    internal float Surprise { get; private set; }

    /// <summary>The probabilities of discrete actions; empty if actions are continuous.</summary>
    internal ReadOnlySpan<float> ActionProbabilities => _probabilities;

    /// <summary>Ends the episode and begins the next.</summary>
    /// <param name="episodeId">Names the next episode, from the number of resets.</param>
    internal void Reset(Func<int, string> episodeId)
    {
        Resets++;
        Start(Seed, episodeId(Resets));
    }

    /// <summary>Writes what the next step reads into a row.</summary>
    /// <param name="graphs">The graphs that will run.</param>
    /// <param name="row">The row.</param>
    /// <param name="observation">A checked observation.</param>
    /// <param name="executed">The action that was executed instead of the last one, or empty.</param>
    internal void Write(StepGraphs graphs, int row, AgentObservation observation, ReadOnlySpan<float> executed = default)
    {
        observation.Image.CopyTo(graphs.Image is { } image ? image.Row(row) : []);
        observation.Vector.CopyTo(graphs.Vector is { } vector ? vector.Row(row) : []);
        var observe = graphs.Observe;
        _latent.CopyTo(observe.PrevLatent.Row(row));
        (executed.IsEmpty ? _action : executed).CopyTo(observe.PrevAction.Row(row));
        observe.IsFirst.Row(row)[0] = Step == 0 ? 1 : 0;
        _noise.FillOrMode(observe.Noise.Row(row), Step, NoiseStream.Posterior, _sampling == LatentSampling.Sampled);
        _noise.FillOrMode(graphs.ActionNoise.Row(row), Step, NoiseStream.Action, _selection == ActionSelection.Sampled);
    }

    /// <summary>Writes what the next step reads into a row, with a discrete action that was executed instead of the last one.</summary>
    internal void Write(StepGraphs graphs, int row, AgentObservation observation, int executed)
    {
        Write(graphs, row, observation);
        var previous = graphs.Observe.PrevAction.Row(row);
        previous.Clear();
        previous[executed] = 1;
    }

    /// <summary>Checks a computed row.</summary>
    /// <exception cref="NonFiniteOutputException">The state or an answer is not finite.</exception>
    internal void Guard(StepGraphs graphs, int row)
    {
        RequireFinite(graphs.Observe.Latent, row);
        RequireFinite(Selected(graphs), row);
        // If logits are not finite, what is sampled from them still consists of zeros and ones.
        RequireFinite(graphs.Observe.Posterior, row);
        RequireFinite(graphs.Logits, row);
        RequireFinite(graphs.Kl, row);
        RequireFinite(graphs.Reward, row);
        RequireFinite(graphs.Discount, row);
        RequireFinite(graphs.Value, row);
    }

    /// <summary>Takes over a row that passed <see cref="Guard"/>.</summary>
    internal void Commit(StepGraphs graphs, int row)
    {
        graphs.Observe.Latent.Row(row).CopyTo(_latent);
        Selected(graphs).Row(row).CopyTo(_action);
        Reward = graphs.Reward?.Row(row)[0] ?? 0;
        Discount = graphs.Discount?.Row(row)[0] ?? 0;
        Value = graphs.Value?.Row(row)[0] ?? 0;
        Surprise = graphs.Kl?.Row(row)[0] ?? 0;
        // Not HasFlag, which boxes until its code is optimized.
        if ((graphs.Outputs & AgentOutputs.ActionProbabilities) != AgentOutputs.None && graphs.Logits is { } logits)
        {
            Softmax.Compute(logits.Row(row), _probabilities);
        }
        Available = graphs.Outputs & AgentOutputs.All;
        Step++;
    }

    /// <summary>The episode as bytes.</summary>
    /// <param name="fingerprint">The agent's <see cref="SavedEpisode.FingerprintOf"/>.</param>
    internal byte[] Save(byte[] fingerprint) => new SavedEpisode
    {
        Fingerprint = fingerprint,
        Seed = Seed,
        Step = Step,
        Resets = Resets,
        Outputs = Available,
        EpisodeId = EpisodeId,
        Numbers =
        [
            .. _latent, .. _action, Kept(AgentOutputs.Outcome, Reward), Kept(AgentOutputs.Outcome, Discount), Kept(AgentOutputs.Outcome, Value),
            Kept(AgentOutputs.Surprise, Surprise), .. _probabilities.Select(p => Kept(AgentOutputs.ActionProbabilities, p)),
        ],
    }.ToBytes();

    /// <summary>Continues from a saved episode of the same agent.</summary>
    internal void Load(SavedEpisode saved)
    {
        Start(saved.Seed, saved.EpisodeId);
        (Step, Resets, Available) = (saved.Step, saved.Resets, saved.Outputs & AgentOutputs.All);
        var numbers = saved.Numbers.AsSpan();
        numbers[.._latent.Length].CopyTo(_latent);
        numbers.Slice(_latent.Length, _action.Length).CopyTo(_action);
        var answers = numbers[(_latent.Length + _action.Length)..];
        (Reward, Discount, Value, Surprise) = (answers[0], answers[1], answers[2], answers[3]);
        answers[4..].CopyTo(_probabilities);
    }

    [MemberNotNull(nameof(EpisodeId))]
    private void Start(ulong seed, string episodeId)
    {
        (Seed, EpisodeId, Step, Available) = (seed, episodeId, 0, AgentOutputs.None);
        _noise = new EpisodeNoise(seed, episodeId);
        _latent.AsSpan().Clear();
        _action.AsSpan().Clear();
    }

    private RowTensor<float> Selected(StepGraphs graphs) => _selection == ActionSelection.Sampled ? graphs.Action : graphs.ActionMode;

    private float Kept(AgentOutputs output, float number) => Available.HasFlag(output) ? number : 0;

    private void RequireFinite(RowTensor<float>? tensor, int row)
    {
        if (tensor is not null && FiniteNumbers.IndexOfNonFinite(tensor.Row(row)) is >= 0 and var index)
        {
            throw new NonFiniteOutputException(
                $"Agent '{_manifest.Name}' computed {tensor.Row(row)[index]} as number {index} of '{tensor.Name}' at step {Step} of episode '{EpisodeId}'.");
        }
    }
}
