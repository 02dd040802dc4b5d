using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>One buffer for each tensor of an agent's graphs, so that what one graph writes the next one reads in place.</summary>
/// <remarks>The latent has two buffers, which take turns being the state before and after a step.</remarks>
internal sealed class SessionBuffers : IDisposable
{
    private readonly Dictionary<string, PinnedTensor<float>> _floats = [];
    private readonly PinnedTensor<float>[] _latents;

    internal SessionBuffers(AgentManifest manifest)
    {
        _latents = [new(1, manifest.Latent.Size), new(1, manifest.Latent.Size)];
        Image = manifest.Image is { } shape ? new(1, shape.Height, shape.Width, shape.Channels) : null;
    }

    /// <summary>The image, or null where the agent observes none.</summary>
    internal PinnedTensor<byte>? Image { get; }

    /// <summary>One of the two latents.</summary>
    internal Span<float> Latent(int index) => _latents[index].Span;

    /// <summary>The buffer of a tensor that some graph has.</summary>
    internal Span<float> this[string name] => _floats[name].Span;

    /// <summary>Binds a graph to the buffers.</summary>
    /// <param name="graph">A handle that the bound graph owns.</param>
    /// <param name="run">The options of its runs.</param>
    /// <param name="latent">Which latent is the state after the step; the other one is the state before.</param>
    internal BoundGraph Bind(AgentGraph graph, RunOptions run, int latent)
    {
        var tensors = graph.Manifest.Inputs.Concat(graph.Manifest.Outputs).ToDictionary(t => t.Name);
        return new BoundGraph(graph, run, name => name switch
        {
            TensorNames.Latent => _latents[latent].Value,
            TensorNames.PrevLatent => _latents[1 - latent].Value,
            TensorNames.Image when Image is not null => Image.Value,
            _ => Float(tensors[name]).Value,
        });
    }

    public void Dispose()
    {
        Image?.Dispose();
        foreach (var tensor in _floats.Values.Concat(_latents))
        {
            tensor.Dispose();
        }
    }

    private PinnedTensor<float> Float(TensorManifest tensor)
    {
        if (!_floats.TryGetValue(tensor.Name, out var buffer))
        {
            buffer = new PinnedTensor<float>([1, .. tensor.Shape.Select(side => (long)side)]);
            _floats.Add(tensor.Name, buffer);
        }
        return buffer;
    }
}
