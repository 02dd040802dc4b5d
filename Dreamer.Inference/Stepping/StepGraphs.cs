namespace Dreamer.Inference.Stepping;

/// <summary>One step of several live episodes: encoder, filtering step, surprise, heads and policy over the first rows of shared tensors.</summary>
/// <remarks>
/// <see cref="LiveEpisode"/> writes a row, <see cref="Run"/> computes it, and the episode commits it. A row's result does not depend on the other rows.
/// Not thread-safe.
/// </remarks>
internal sealed class StepGraphs : IDisposable
{
    private readonly List<AgentGraph> _handles = [];
    private readonly List<GraphRunner> _runners = [];
    private readonly GraphRunner _encoder;
    private readonly GraphRunner? _heads;
    private readonly GraphRunner _policy;
    private readonly SurpriseGraph? _surprise;

    /// <summary>Opens the graphs that a step needs.</summary>
    /// <param name="manifest">The agent.</param>
    /// <param name="open">Opens a graph by name; the handle belongs to the new object.</param>
    /// <param name="outputs">What to compute in addition to actions.</param>
    /// <param name="capacity">The largest number of rows.</param>
    internal StepGraphs(AgentManifest manifest, Func<string, AgentGraph> open, AgentOutputs outputs, int capacity)
    {
        (Capacity, Outputs) = (capacity, outputs);
        RowTensor<float> Tensor(string name, int size) => new(name, capacity, size);

        var encoder = Keep(open(GraphNames.Encoder));
        Observe = new ObserveGraph(Keep(open(GraphNames.RssmObserve)), manifest, capacity, posterior: true);
        Image = manifest.Image is { } shape ? new(TensorNames.Image, capacity, shape.Height, shape.Width, shape.Channels) : null;
        Vector = manifest.VectorSize > 0 ? Tensor(TensorNames.Vector, manifest.VectorSize) : null;
        _encoder = Runner(encoder, new RowTensor?[] { Image, Vector }.OfType<RowTensor>(), [Observe.Embedding]);
        if (outputs.HasFlag(AgentOutputs.Surprise))
        {
            _surprise = new SurpriseGraph(Keep(open(GraphNames.Surprise)), manifest.Latent, capacity, Observe);
        }
        if (outputs.HasFlag(AgentOutputs.Outcome))
        {
            (Reward, Discount, Value) = (Tensor(TensorNames.Reward, 1), Tensor(TensorNames.Discount, 1), Tensor(TensorNames.Value, 1));
            _heads = Runner(Keep(open(GraphNames.Heads)), [Observe.Latent], [Reward, Discount, Value]);
        }
        ActionNoise = Tensor(TensorNames.ActionNoise, manifest.Action.Size);
        (Action, ActionMode) = (Tensor(TensorNames.Action, manifest.Action.Size), Tensor(TensorNames.ActionMode, manifest.Action.Size));
        Logits = manifest.Action.IsDiscrete ? Tensor(TensorNames.Logits, manifest.Action.Size) : null;
        _policy = Runner(
            Keep(open(GraphNames.Policy)), [Observe.Latent, ActionNoise], Logits is null ? [Action, ActionMode] : [Action, ActionMode, Logits]);
    }

    /// <summary>The largest number of rows.</summary>
    internal int Capacity { get; }

    /// <summary>What is computed in addition to actions.</summary>
    internal AgentOutputs Outputs { get; }

    internal RowTensor<byte>? Image { get; }

    internal RowTensor<float>? Vector { get; }

    internal ObserveGraph Observe { get; }

    internal RowTensor<float>? Kl => _surprise?.Kl;

    internal RowTensor<float>? Reward { get; }

    internal RowTensor<float>? Discount { get; }

    internal RowTensor<float>? Value { get; }

    internal RowTensor<float> ActionNoise { get; }

    internal RowTensor<float> Action { get; }

    internal RowTensor<float> ActionMode { get; }

    /// <summary>The policy's logits, or null if actions are continuous.</summary>
    internal RowTensor<float>? Logits { get; }

    public void Dispose()
    {
        _runners.ForEach(runner => runner.Dispose());
        Observe.Dispose();
        _surprise?.Dispose();
        _handles.ForEach(handle => handle.Dispose());
    }

    /// <summary>Computes the first rows.</summary>
    /// <exception cref="InvalidAgentException">A graph cannot be computed.</exception>
    internal void Run(int rows)
    {
        _encoder.Run(rows);
        Observe.Run(rows);
        _surprise?.Run(rows);
        _heads?.Run(rows);
        _policy.Run(rows);
    }

    private AgentGraph Keep(AgentGraph handle)
    {
        _handles.Add(handle);
        return handle;
    }

    private GraphRunner Runner(AgentGraph graph, IEnumerable<RowTensor> inputs, IEnumerable<RowTensor> outputs)
    {
        var runner = new GraphRunner(graph, inputs, outputs);
        _runners.Add(runner);
        return runner;
    }
}
