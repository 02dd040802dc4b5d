using System.Reflection;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>Exports a network as an ONNX model by running it under a <see cref="Tracer"/>.</summary>
/// <remarks>
/// The network is traced twice, with batches of different sizes and of different values. Sizes that differ between the two are the
/// free dimension <c>batch</c>, or <c>horizon</c> if inputs have one; any other difference is a value of the example baked into
/// the graph, and is rejected.
/// Opset 17, IR version 8: what ONNX Runtime has read since 1.12 (2022). No custom domain, no external data.
/// </remarks>
internal static class OnnxExporter
{
    /// <summary>The name of the free second dimension of sequences.</summary>
    public const string HorizonDimension = "horizon";

    private const int IrVersion = 8;
    private const int OpsetVersion = 17;
    private const int FirstBatch = 2;
    private const int SecondBatch = 5;
    private const int FirstHorizon = 3;
    private const int SecondHorizon = 4;

    /// <summary>Traces a graph.</summary>
    /// <param name="graph">What to trace.</param>
    /// <param name="networks">The networks whose parameters the graph may use; they become initializers named by their paths.</param>
    /// <returns>A model whose inputs and outputs have the free first dimension <c>batch</c>.</returns>
    /// <exception cref="InvalidOperationException">
    /// The graph cannot be traced faithfully: a tensor came from outside the trace, or the example was baked in; the message says where.
    /// </exception>
    public static ModelProto Export(TracedGraph graph, params IReadOnlyList<Network> networks)
    {
        TorchRuntime.EnsureLoaded();
        var first = Trace(graph, networks, FirstBatch, FirstHorizon);
        var second = Trace(graph, networks, SecondBatch, SecondHorizon);
        if (GraphComparison.Difference(first, second) is { } difference)
        {
            throw new InvalidOperationException(
                $"Graph '{graph.Name}' is not the same for batches of {FirstBatch} and {SecondBatch}: {difference}. " +
                "A size or a value of the example was baked into it; use -1 for the batch, and compute only with Traced.");
        }
        foreach (var (one, two) in first.Input.Concat(first.Output).Zip(second.Input.Concat(second.Output)))
        {
            NameFreeSides(graph.Name, one, two);
        }
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Dreamer.Training",
            // Without the commit, so that equal networks give equal files.
            ProducerVersion = typeof(OnnxExporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            Graph = first,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OpsetVersion });
        return model;
    }

    private static GraphProto Trace(TracedGraph graph, IReadOnlyList<Network> networks, int batch, int horizon)
    {
        var random = new SeededRandom((ulong)batch);
        using var tracer = new Tracer(networks);
        var device = networks.SelectMany(network => network.parameters()).FirstOrDefault()?.device ?? CPU;
        var inputs = graph.Inputs.ToDictionary(
            input => input.Name, input => tracer.Input(input.Name, ExampleTensors.For(input, batch, random, horizon).to(device)));
        foreach (var (name, value) in graph.Forward(inputs))
        {
            tracer.Output(name, value);
        }
        return tracer.ToGraph(graph.Name);
    }

    private static void NameFreeSides(string graph, ValueInfoProto first, ValueInfoProto second)
    {
        var (sizes, others) = (first.Type.TensorType.Shape.Dim, second.Type.TensorType.Shape.Dim);
        for (var i = 0; i < sizes.Count; i++)
        {
            var (one, two) = (sizes[i].DimValue, others[i].DimValue);
            var isBatch = (one, two) == (FirstBatch, SecondBatch);
            var isHorizon = i == 1 && (one, two) == (FirstHorizon, SecondHorizon);
            if (isBatch != (i == 0) || (i > 0 && one != two && !isHorizon))
            {
                throw new InvalidOperationException(
                    $"'{first.Name}' of graph '{graph}' has the shapes [{Text(first)}] and [{Text(second)}] for batches of {FirstBatch} and " +
                    $"{SecondBatch}; its first dimension must be the batch, and no other may depend on it.");
            }
            if (isHorizon)
            {
                sizes[i].DimParam = HorizonDimension;
            }
        }
        if (sizes.Count == 0)
        {
            throw new InvalidOperationException($"'{first.Name}' of graph '{graph}' has no dimensions; its first must be the batch.");
        }
        sizes[0].DimParam = Tracer.BatchDimension;
    }

    private static string Text(ValueInfoProto value) => string.Join(", ", value.Type.TensorType.Shape.Dim.Select(size => size.DimValue));
}
