using Dreamer.Inference.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference.Inspection;

/// <summary>Counts the operations of a row in a graph's dense layers and convolutions.</summary>
internal static class GraphCost
{
    private const long PerMultiplyAdd = 2;

    /// <exception cref="InvalidAgentException">ONNX Runtime refuses the graph.</exception>
    internal static long Flops(OnnxModel model, GraphManifest graph, ReadOnlySpan<byte> bytes)
    {
        var positions = Positions(model, graph, bytes);
        return PerMultiplyAdd * model.Nodes.Sum(node => node switch
        {
            { Operation: "Gemm" or "MatMul" or "MatMulInteger", Inputs: [_, var weight, ..] } => Count(model, weight),
            { Operation: "Conv", Inputs: [_, var weight, ..], Outputs: [var output, ..] } => Count(model, weight) * positions.GetValueOrDefault(output),
            { Operation: "ConvTranspose", Inputs: [var input, var weight, ..] } => Count(model, weight) * positions.GetValueOrDefault(input),
            _ => 0,
        });
    }

    private static long Count(OnnxModel model, string weight) => model.Initializers.TryGetValue(weight, out var found) ? found.Count : 0;

    /// <summary>How many positions of an image the kernels of each convolution are put to.</summary>
    /// <remarks>
    /// ONNX Runtime knows the shapes between a graph's nodes. Two protobuf messages, one after the other, are their fields in one
    /// message, so additional outputs are appended to the file.
    /// </remarks>
    private static Dictionary<string, long> Positions(OnnxModel model, GraphManifest graph, ReadOnlySpan<byte> bytes)
    {
        var inputs = graph.Inputs.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var wanted = model.Nodes.Where(node => !node.IsInner)
            .SelectMany(node => node.Operation switch { "Conv" => node.Outputs.Take(1), "ConvTranspose" => node.Inputs.Take(1), _ => [] })
            .Where(name => !inputs.Contains(name)).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        var outputs = graph.Outputs.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        byte[] extended = [.. bytes, .. ProtobufWriter.Field(7, [.. wanted.Where(name => !outputs.Contains(name)).SelectMany(name => ProtobufWriter.Field(12, ProtobufWriter.Field(1, name)))])];
        using var session = SessionFactory.Open(graph, extended, new AgentExecutionOptions());
        using var run = new RunOptions();
        var given = graph.Inputs.Select(Zeros).ToArray();
        try
        {
            using var found = session.Run(run, [.. graph.Inputs.Select(tensor => tensor.Name)], given, wanted);
            return wanted.Zip(found).ToDictionary(
                pair => pair.First, pair => pair.Second.GetTensorTypeAndShape().Shape.Skip(2).Aggregate(1L, (product, side) => product * side));
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidAgentException($"Graph '{graph.Name}' cannot be run: {e.Message}", e);
        }
        finally
        {
            Array.ForEach(given, value => value.Dispose());
        }
    }

    private static OrtValue Zeros(TensorManifest tensor)
    {
        long[] shape = [1, .. tensor.Shape.Select(side => Math.Max(1L, side))];
        return tensor.Type == "uint8"
            ? OrtValue.CreateTensorValueFromMemory(new byte[tensor.Size], shape) : OrtValue.CreateTensorValueFromMemory(new float[tensor.Size], shape);
    }
}
