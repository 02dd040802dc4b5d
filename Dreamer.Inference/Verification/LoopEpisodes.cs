using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference.Verification;

/// <summary>Random episodes that go side by side through all graphs of an agent, each step from the state that the one before left.</summary>
/// <remarks>What an episode meets depends on its number alone, not on which others run beside it.</remarks>
internal sealed class LoopEpisodes : IDisposable
{
    private const ulong Seed = 17;

    // Some episodes end on the way, each after other numbers of steps.
    private const int ShortestEpisode = 11;

    private readonly IReadOnlyList<int> _numbers;
    private readonly EpisodeNoise[] _noise;
    private readonly RunOptions _run = new();
    private readonly List<LoopGraph> _graphs = [];
    private readonly Dictionary<string, byte[]> _values = new(StringComparer.Ordinal);

    internal LoopEpisodes(DreamerAgent agent, IReadOnlyList<string> graphs, params IReadOnlyList<int> numbers)
    {
        _numbers = numbers;
        _noise = [.. numbers.Select(number => new EpisodeNoise(Seed, $"verify-{number}"))];
        foreach (var name in graphs)
        {
            _graphs.Add(new LoopGraph(agent.OpenGraph(name), numbers.Count, _run));
        }
    }

    internal IReadOnlyList<LoopGraph> Graphs => _graphs;

    /// <summary>Takes a step through all graphs.</summary>
    /// <param name="step">Its number, from 0.</param>
    internal void Step(int step)
    {
        var carried = (Latent: _values.GetValueOrDefault(TensorNames.Latent), Action: _values.GetValueOrDefault(TensorNames.Action));
        _values.Clear();
        foreach (var graph in _graphs)
        {
            // What is imagined goes on from the state and the action of this step, what is observed from those of the step before.
            var isImagined = graph.Manifest.Name == GraphNames.RssmImagine;
            foreach (var input in graph.Manifest.Inputs)
            {
                var buffer = graph.Buffer(input.Name);
                var known = input.Name switch
                {
                    TensorNames.PrevLatent => isImagined ? _values.GetValueOrDefault(TensorNames.Latent) : carried.Latent,
                    TensorNames.PrevAction => isImagined ? _values.GetValueOrDefault(TensorNames.Action) : carried.Action,
                    _ => _values.GetValueOrDefault(input.Name),
                };
                if (known is not null)
                {
                    known.CopyTo(buffer);
                }
                else
                {
                    Fill(input, buffer, step);
                }
            }
            graph.Run();
            foreach (var output in graph.Manifest.Outputs)
            {
                _values.TryAdd(output.Name, graph.Buffer(output.Name).ToArray());
            }
        }
    }

    public void Dispose()
    {
        _graphs.ForEach(graph => graph.Dispose());
        _run.Dispose();
    }

    private void Fill(TensorManifest input, Span<byte> buffer, int step)
    {
        var row = buffer.Length / _numbers.Count;
        for (var i = 0; i < _numbers.Count; i++)
        {
            var part = buffer.Slice(i * row, row);
            switch (input.Name)
            {
                case TensorNames.PrevLatent or TensorNames.PrevAction:
                    part.Clear();
                    break;
                case TensorNames.IsFirst:
                    MemoryMarshal.Cast<byte, float>(part)[0] = step % (ShortestEpisode + _numbers[i]) == 0 ? 1 : 0;
                    break;
                case TensorNames.Image:
                    var pixels = new float[row];
                    _noise[i].Fill(pixels, step, NoiseStream.Prior, branch: 1);
                    for (var at = 0; at < row; at++)
                    {
                        part[at] = (byte)(pixels[at] * (byte.MaxValue + 1));
                    }
                    break;
                default:
                    var stream = input.Name switch
                    {
                        TensorNames.StochNoise => NoiseStream.Posterior,
                        TensorNames.ActionNoise => NoiseStream.Action,
                        _ => NoiseStream.Prior,
                    };
                    _noise[i].Fill(MemoryMarshal.Cast<byte, float>(part), step, stream);
                    break;
            }
        }
    }
}
