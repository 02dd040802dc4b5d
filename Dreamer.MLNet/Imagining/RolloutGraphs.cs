using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;

namespace Dreamer.MLNet;

/// <summary>One step of imagination for several rollouts at once: the graphs and their tensors.</summary>
internal sealed class RolloutGraphs : IDisposable
{
    private readonly RowTensor<float> _prevLatent;
    private readonly RowTensor<float>? _policyAction;
    private readonly GraphRunner _imagine;
    private readonly GraphRunner? _policy;
    private readonly GraphRunner? _heads;

    /// <summary>Makes room for a number of rollouts.</summary>
    /// <param name="graphs">The graphs that <see cref="ImagineRolloutTransformer.GraphsNeeded"/> names.</param>
    /// <param name="manifest">The agent's manifest.</param>
    /// <param name="options">How actions and states are chosen.</param>
    /// <param name="capacity">The number of rollouts.</param>
    /// <param name="heads">The outputs of the heads that are wanted.</param>
    internal RolloutGraphs(
        IReadOnlyList<AgentGraph> graphs, AgentManifest manifest, ImagineRolloutOptions options, int capacity, IReadOnlyCollection<string> heads)
    {
        var (latent, action) = (manifest.Latent, manifest.Action.Size);
        RowTensor<float> Tensor(string name, int size) => new(name, capacity, size);
        Latent = Tensor(TensorNames.Latent, latent.Size);
        _prevLatent = Tensor(TensorNames.PrevLatent, latent.Size);
        Action = Tensor(TensorNames.PrevAction, action);
        LatentNoise = Tensor(TensorNames.StochNoise, latent.StochSize);
        LatentNoise.Rows(capacity).Fill(EpisodeNoise.Mode);
        ActionNoise = Tensor(TensorNames.ActionNoise, action);
        ActionNoise.Rows(capacity).Fill(EpisodeNoise.Mode);
        _imagine = new GraphRunner(graphs[0], [_prevLatent, Action, LatentNoise], [Latent]);
        if (heads.Count > 0)
        {
            Heads = heads.ToDictionary(name => name, name => Tensor(name, 1));
            _heads = new GraphRunner(graphs[1], [Latent], [.. Heads.Values]);
        }
        if (options.UsesPolicy)
        {
            _policyAction = Tensor(options.SamplesActions ? TensorNames.Action : TensorNames.ActionMode, action);
            _policy = new GraphRunner(graphs[2], [Latent, ActionNoise], [_policyAction]);
        }
    }

    /// <summary>The state: the start of imagination, then the result of the last action.</summary>
    internal RowTensor<float> Latent { get; }

    /// <summary>The action to take.</summary>
    internal RowTensor<float> Action { get; }

    /// <summary>The noise of the states' samples; <see cref="EpisodeNoise.Mode"/> until it is filled.</summary>
    internal RowTensor<float> LatentNoise { get; }

    /// <summary>The noise of the actions' samples; <see cref="EpisodeNoise.Mode"/> until it is filled.</summary>
    internal RowTensor<float> ActionNoise { get; }

    /// <summary>The requested predictions of the heads, by tensor.</summary>
    internal IReadOnlyDictionary<string, RowTensor<float>> Heads { get; } = new Dictionary<string, RowTensor<float>>();

    public void Dispose()
    {
        _imagine.Dispose();
        _heads?.Dispose();
        _policy?.Dispose();
    }

    /// <summary>Lets the policy choose the actions of the first rollouts.</summary>
    internal void ChooseActions(int rollouts)
    {
        _policy!.Run(rollouts);
        _policyAction!.Rows(rollouts).CopyTo(Action.Rows(rollouts));
    }

    /// <summary>Takes the actions of the first rollouts.</summary>
    internal void Advance(int rollouts)
    {
        Latent.Rows(rollouts).CopyTo(_prevLatent.Rows(rollouts));
        _imagine.Run(rollouts);
        _heads?.Run(rollouts);
    }
}
