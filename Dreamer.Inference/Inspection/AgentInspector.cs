using Dreamer.Inference.Onnx;

namespace Dreamer.Inference.Inspection;

/// <summary>Describes an agent folder and the cost of its graphs.</summary>
/// <remarks>Thread-safe.</remarks>
public static class AgentInspector
{
    /// <summary>Reads a folder, as <see cref="DreamerAgent.Load"/> does, and counts.</summary>
    /// <param name="folder">The agent folder.</param>
    /// <exception cref="InvalidAgentException">The folder is not an agent, or is damaged.</exception>
    public static AgentInspection Inspect(string folder)
    {
        var (manifest, graphs) = AgentFolder.Read(folder);
        var quantized = manifest.Int8Graphs.Count > 0 ? AgentFolder.Read(folder, AgentWeights.Quantized).Graphs : graphs;
        return new AgentInspection(
            manifest,
            [.. manifest.Graphs.Select(graph => Inspect(graph, graphs[graph.Name].Span))],
            [.. manifest.Int8Graphs.Select(graph => Inspect(graph, quantized[graph.Name].Span))]);
    }

    private static GraphInspection Inspect(GraphManifest graph, ReadOnlySpan<byte> bytes)
    {
        var model = OnnxModel.Read(bytes);
        return new GraphInspection(
            graph,
            bytes.Length,
            model.Opset,
            model.Nodes.Count,
            model.Initializers.Values.Where(tensor => tensor.IsParameter).ToDictionary(tensor => tensor.Name, tensor => tensor.Count),
            model.Initializers.Values.Sum(tensor => tensor.Bytes),
            GraphCost.Flops(model, graph, bytes));
    }
}
