using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>One step of several episodes at once: encoder, recurrent model and policy over the first rows of shared buffers.</summary>
/// <remarks>
/// The caller writes observation, latent, last action, first mark and noise of each row, runs, and reads what came out. What a row gets does not
/// depend on the rows beside it. Not thread-safe.
/// </remarks>
internal sealed class BatchedStep : IDisposable
{
    private readonly RunOptions _run = new();
    private readonly AgentGraph[] _graphs;
    private readonly BoundGraph[]?[] _bound;
    private readonly Dictionary<string, RowTensor<float>> _floats = new(StringComparer.Ordinal);

    /// <summary>Prepares to step.</summary>
    /// <param name="agent">The agent; its graphs are shared.</param>
    /// <param name="outputs">What is computed beside actions.</param>
    /// <param name="capacity">Rows at most.</param>
    internal BatchedStep(DreamerAgent agent, AgentOutputs outputs, int capacity)
    {
        (Capacity, _bound) = (capacity, new BoundGraph[capacity][]);
        Image = agent.Manifest.Image is { } shape ? new RowTensor<byte>(capacity, shape.Height, shape.Width, shape.Channels) : null;
        string[] names =
        [
            GraphNames.Encoder, GraphNames.RssmObserve, .. outputs.HasFlag(AgentOutputs.Surprise) ? [GraphNames.Surprise] : (string[])[],
            .. outputs.HasFlag(AgentOutputs.Outcome) ? [GraphNames.Heads] : (string[])[], GraphNames.Policy,
        ];
        _graphs = [.. names.Select(agent.OpenGraph)];
        foreach (var tensor in _graphs.SelectMany(graph => graph.Manifest.Inputs.Concat(graph.Manifest.Outputs)))
        {
            if (tensor.Name != TensorNames.Image)
            {
                _floats.TryAdd(tensor.Name, new RowTensor<float>(capacity, [.. tensor.Shape]));
            }
        }
    }

    /// <summary>Rows at most.</summary>
    internal int Capacity { get; }

    /// <summary>The images, or null where the agent observes none.</summary>
    internal RowTensor<byte>? Image { get; }

    /// <summary>A tensor of some graph.</summary>
    internal RowTensor<float> this[string name] => _floats[name];

    /// <summary>Writes the noise of a row: that of its episode and step, or what gives the mode.</summary>
    internal void Draw(int row, EpisodeNoise noise, long step, ActionSelection actions, LatentSampling sampling)
    {
        Draw(_floats[TensorNames.StochNoise].Row(row), noise, step, NoiseStream.Posterior, sampling == LatentSampling.Sampled);
        Draw(_floats[TensorNames.ActionNoise].Row(row), noise, step, NoiseStream.Action, actions == ActionSelection.Sampled);
    }

    /// <summary>Steps the first rows.</summary>
    internal void Run(int rows)
    {
        foreach (var graph in _bound[rows - 1] ??= Bind(rows))
        {
            graph.Run();
        }
    }

    public void Dispose()
    {
        foreach (var graph in _bound.SelectMany(graphs => graphs ?? []))
        {
            graph.Dispose();
        }
        foreach (var graph in _graphs)
        {
            graph.Dispose();
        }
        Image?.Dispose();
        foreach (var tensor in _floats.Values)
        {
            tensor.Dispose();
        }
        _run.Dispose();
    }

    private static void Draw(Span<float> numbers, EpisodeNoise noise, long step, NoiseStream stream, bool sampled)
    {
        if (sampled)
        {
            noise.Fill(numbers, step, stream);
        }
        else
        {
            numbers.Fill(EpisodeNoise.Mode);
        }
    }

    private BoundGraph[] Bind(int rows) =>
    [
        .. _graphs.Select(graph => new BoundGraph(
            graph.Share(), _run, name => name == TensorNames.Image ? Image!.Value(rows) : _floats[name].Value(rows))),
    ];
}
