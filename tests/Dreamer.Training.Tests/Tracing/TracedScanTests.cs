using System.Runtime.InteropServices;
using Dreamer.Inference;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using Google.Protobuf;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Tracing;

public sealed class TracedScanTests
{
    private static readonly TensorManifest Sequence = new("x", "float32", [TensorManifest.Horizon, 2]);
    private static readonly TensorManifest Start = new("start", "float32", [2]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_are_those_of_a_loop_for_any_number_of_them(bool backward)
    {
        using var scope = torch.NewDisposeScope();
        using var onnx = new OnnxSession(Model(backward, []).ToByteArray());
        var random = new SeededRandom(1);
        foreach (var (batch, steps) in ((int, int)[])[(1, 1), (3, 4), (2, 9)])
        {
            var given = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal)
            {
                ["x"] = ExampleTensors.For(Sequence, batch, random, steps), ["start"] = ExampleTensors.For(Start, batch, random),
            };
            var found = onnx.Run(given);
            var (states, outputs) = Traced.Scan([given["start"]], [given["x"]], Step([]), backward);
            TensorAssert.Close(states[0], found["state"], 1e-6);
            TensorAssert.Close(outputs[0], found["made"], 1e-6);

            var (x, state) = (Numbers(given["x"]), Numbers(given["start"]));
            var made = new float[x.Length];
            for (var i = 0; i < steps; i++)
            {
                var step = backward ? steps - 1 - i : i;
                for (var row = 0; row < batch; row++)
                {
                    for (var column = 0; column < 2; column++)
                    {
                        var at = (row * steps + step) * 2 + column;
                        made[at] = state[row * 2 + column] - x[at];
                        state[row * 2 + column] = state[row * 2 + column] * 0.5f + x[at];
                    }
                }
            }
            TensorAssert.Close(torch.tensor(made).reshape(batch, steps, 2), found["made"], 1e-5);
            TensorAssert.Close(torch.tensor(state).reshape(batch, 2), found["state"], 1e-5);
        }
    }

    [Fact]
    public void Weights_of_a_step_stand_once_in_the_graph_around_it()
    {
        using var layer = new Dense(2, 2);
        var graph = Model(backward: false, [layer]).Graph;
        Assert.Equal(["bias", "const_0.5", "weight"], graph.Initializer.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        var scan = Assert.Single(graph.Node, node => node.OpType == "Scan");
        var body = scan.Attribute.Single(attribute => attribute.Name == "body").G;
        Assert.Empty(body.Initializer);
        Assert.Contains(body.Node, node => node.OpType == "Gemm" && node.Input.Contains("weight"));
        Assert.All(body.Node, node => Assert.StartsWith("Scan_1/", node.Output[0], StringComparison.Ordinal));
    }

    [Fact]
    public void A_tensor_that_went_around_the_trace_is_refused_in_a_step_as_well()
    {
        var graph = new TracedGraph("loop", [Sequence, Start], x => [("state", Traced.Scan(
            [x["start"]], [x["x"]], (states, elements) => ([(Traced)states[0].Value.relu() + elements[0]], [])).States[0])]);
        var error = Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(graph, []));
        Assert.Contains("input 0 of Scan_1/Add_1", error.Message, StringComparison.Ordinal);
    }

    private static ModelProto Model(bool backward, IReadOnlyList<Dense> layers) => OnnxExporter.Export(
        new TracedGraph("loop", [Sequence, Start], x =>
        {
            var (states, outputs) = Traced.Scan([x["start"]], [x["x"]], Step(layers), backward);
            return [("state", states[0]), ("made", outputs[0])];
        }),
        layers);

    private static Func<IReadOnlyList<Traced>, IReadOnlyList<Traced>, (Traced[] States, Traced[] Outputs)> Step(IReadOnlyList<Dense> layers) =>
        (states, elements) =>
        {
            var made = states[0] - elements[0];
            return ([states[0] * 0.5f + elements[0]], [layers.Aggregate(made, (value, layer) => layer.Forward(value))]);
        };

    private static float[] Numbers(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();
}
