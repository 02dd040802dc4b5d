using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>What somebody writes who scores recordings with ONNX Runtime alone: the episodes of a batch in step, all graphs on the same memory.</summary>
/// <remarks>For agents that see images, do discrete actions and have categorical latents; episodes of equal length, as many as a batch.</remarks>
internal sealed class HandWrittenScores : IDisposable
{
    private static readonly string[] Graphs =
        [GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Surprise, GraphNames.Policy, GraphNames.Heads];

    private readonly List<(AgentGraph Graph, string[] Inputs, OrtValue[] Given, string[] Outputs, OrtValue[] Taken)> _calls = [];
    private readonly Dictionary<string, Memory<float>> _floats = [];
    private readonly Dictionary<string, OrtValue> _values = [];
    private readonly RunOptions _run = new();
    private readonly ulong _seed;
    private readonly int _batch;
    private Memory<byte> _images;

    internal HandWrittenScores(DreamerAgent agent, int batch, ulong seed)
    {
        (_batch, _seed) = (batch, seed);
        foreach (var name in Graphs)
        {
            var graph = agent.OpenGraph(name);
            // The sampled action and the prior are not asked for.
            var outputs = graph.Manifest.Outputs.Where(t => t.Name is not (TensorNames.Action or TensorNames.Logits or TensorNames.PriorLogits)).ToList();
            _calls.Add((
                graph,
                [.. graph.Manifest.Inputs.Select(t => t.Name)], [.. graph.Manifest.Inputs.Select(Value)],
                [.. outputs.Select(t => t.Name)], [.. outputs.Select(Value)]));
        }
        _floats[TensorNames.ActionNoise].Span.Fill(EpisodeNoise.Mode);
    }

    public void Dispose()
    {
        foreach (var call in _calls)
        {
            call.Graph.Dispose();
        }
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }
        _run.Dispose();
    }

    internal List<Score> Run(IReadOnlyList<string> files)
    {
        var scores = new List<Score>();
        foreach (var chunk in files.Chunk(_batch))
        {
            Episode[] episodes = [.. chunk.Select(EpisodeFile.Read)];
            EpisodeNoise[] noise = [.. episodes.Select(episode => new EpisodeNoise(_seed, episode.Id))];
            var parts = Array.ConvertAll(episodes, episode => new Score[episode.RowCount]);
            for (var row = 0; row < episodes[0].RowCount; row++)
            {
                Step(episodes, noise, parts, row);
            }
            scores.AddRange(parts.SelectMany(part => part));
        }
        return scores;
    }

    private void Step(Episode[] episodes, EpisodeNoise[] noise, Score[][] scores, int row)
    {
        var actions = _floats[TensorNames.PrevAction].Span;
        var first = _floats[TensorNames.IsFirst].Span;
        var stoch = _floats[TensorNames.StochNoise].Span;
        for (var i = 0; i < _batch; i++)
        {
            episodes[i].Image(row).CopyTo(Row(_images.Span, i));
            episodes[i].Action(row).CopyTo(Row(actions, i));
            first[i] = row == 0 ? 1 : 0;
            noise[i].Fill(Row(stoch, i), row, NoiseStream.Posterior);
        }
        foreach (var (graph, inputs, given, outputs, taken) in _calls)
        {
            graph.Session.Run(_run, inputs, given, outputs, taken);
        }
        _floats[TensorNames.Latent].CopyTo(_floats[TensorNames.PrevLatent]);

        var modes = _floats[TensorNames.ActionMode].Span;
        var kl = _floats[TensorNames.Kl].Span;
        var reward = _floats[TensorNames.Reward].Span;
        var discount = _floats[TensorNames.Discount].Span;
        var value = _floats[TensorNames.Value].Span;
        for (var i = 0; i < _batch; i++)
        {
            scores[i][row] = new((uint)Row(modes, i).IndexOf(1f) + 1, kl[i], reward[i], discount[i], value[i]);
        }
    }

    private Span<T> Row<T>(Span<T> rows, int row) => rows.Slice(row * (rows.Length / _batch), rows.Length / _batch);

    private OrtValue Value(TensorManifest tensor)
    {
        if (_values.TryGetValue(tensor.Name, out var known))
        {
            return known;
        }
        long[] shape = [_batch, .. tensor.Shape.Select(side => (long)side)];
        if (tensor.Type == "uint8")
        {
            _images = TensorMemory.Allocate<byte>(_batch * tensor.Size);
            return _values[tensor.Name] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _images, shape);
        }
        var values = _floats[tensor.Name] = TensorMemory.Allocate<float>(_batch * tensor.Size);
        return _values[tensor.Name] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
    }
}
