using System.Runtime.InteropServices;

namespace Dreamer.Inference.Verification;

/// <summary>Random episodes that run side by side through all graphs of an agent, each step from the state that the previous one left.</summary>
/// <remarks>An episode's inputs depend on its number only, not on the other episodes.</remarks>
internal sealed class LoopEpisodes : IDisposable
{
    private const ulong Seed = 17;

    // Episodes end on the way, each after a different number of steps.
    private const int ShortestEpisode = 11;

    private readonly IReadOnlyList<int> _numbers;
    private readonly EpisodeNoise[] _noise;
    private readonly List<LoopGraph> _graphs = [];
    private readonly Dictionary<string, byte[]> _values = new(StringComparer.Ordinal);

    internal LoopEpisodes(DreamerAgent agent, IReadOnlyList<string> graphs, params IReadOnlyList<int> numbers)
    {
        _numbers = numbers;
        _noise = [.. numbers.Select(number => new EpisodeNoise(Seed, $"verify-{number}"))];
        foreach (var name in graphs)
        {
            _graphs.Add(new LoopGraph(agent.OpenGraph(name), numbers.Count));
        }
    }

    internal IReadOnlyList<LoopGraph> Graphs => _graphs;

    /// <summary>Runs one step through all graphs.</summary>
    /// <param name="step">The step's number, from 0.</param>
    internal void Step(int step)
    {
        var carried = (Latent: _values.GetValueOrDefault(TensorNames.Latent), Action: _values.GetValueOrDefault(TensorNames.Action));
        _values.Clear();
        foreach (var graph in _graphs)
        {
            // Imagination continues from the state and action of this step, observation from those of the previous one.
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

    public void Dispose() => _graphs.ForEach(graph => graph.Dispose());

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
