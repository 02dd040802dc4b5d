using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Export.Quantization;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using Google.Protobuf;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Export;

public sealed class Int8GraphTests
{
    private const int Outputs = 24;
    private const int Inputs = 37;

    [Fact]
    public void A_layer_computes_the_formula_to_the_last_bit()
    {
        using var scope = torch.NewDisposeScope();
        var random = new SeededRandom(3);
        var weight = ExampleTensors.Uniform([Outputs, Inputs], random) - 0.4f;
        var bias = ExampleTensors.Uniform([Outputs], random);
        // Rows of very different ranges, and one of zeros.
        var x = (ExampleTensors.Uniform([5, Inputs], random) - 0.5f) * torch.tensor([1f, 1000f, 1e-6f, 0f, 3f]).reshape(5, 1);
        using var session = new OnnxSession(Int8Graph.Quantize(Layer(weight, bias), smallestLayer: 1)!.ToByteArray());
        var found = session.Run(new Dictionary<string, torch.Tensor> { ["x"] = x })["y"];

        var (w, b, rows) = (weight.data<float>().ToArray(), bias.data<float>().ToArray(), x.data<float>().ToArray());
        for (var row = 0; row < 5; row++)
        {
            var range = Enumerable.Range(0, Inputs).Max(i => MathF.Abs(rows[row * Inputs + i]));
            var scale = MathF.Max(range, 1e-30f) / 63f;
            for (var output = 0; output < Outputs; output++)
            {
                var column = Enumerable.Range(0, Inputs).Max(i => MathF.Abs(w[output * Inputs + i])) / 127f;
                var sum = Enumerable.Range(0, Inputs).Sum(i => (int)MathF.Round(rows[row * Inputs + i] / scale) * (int)MathF.Round(w[output * Inputs + i] / column));
                Assert.Equal((float)sum * scale * column + b[output], found[row, output].item<float>());
            }
        }
    }

    [Fact]
    public void The_largest_sums_of_products_do_not_saturate()
    {
        using var scope = torch.NewDisposeScope();
        var (ones, none) = (torch.ones(Outputs, 512), torch.zeros(Outputs));
        using var session = new OnnxSession(Int8Graph.Quantize(Layer(ones, none), smallestLayer: 1)!.ToByteArray());
        var found = session.Run(new Dictionary<string, torch.Tensor> { ["x"] = torch.ones(2, 512) })["y"];
        Assert.True(found.sub(torch.tensor(512f)).abs().max().item<float>() < 1e-3);
    }

    [Theory]
    [MemberData(nameof(NetworkKinds.Names), MemberType = typeof(NetworkKinds))]
    public void A_row_is_the_same_alone_and_in_any_batch(string kind)
    {
        const int rows = 33;
        using var scope = torch.NewDisposeScope();
        var (options, actions) = NetworkKinds.Of(kind, TestAgent.Options);
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1), 3), options, actions);
        var random = new SeededRandom(4);
        foreach (var graph in AgentGraphs.CreateAll(agent.Model, agent.Behavior))
        {
            var model = Int8Graph.Quantize(OnnxExporter.Export(graph.Traced, agent.Model, agent.Behavior), smallestLayer: 1);
            Assert.NotNull(model);
            Assert.DoesNotContain(model.Graph.Node, node => node is { OpType: "Gemm" } or { OpType: "DynamicQuantizeLinear" } || node.Domain.Length > 0);
            using var session = new OnnxSession(model.ToByteArray());
            // Ranges that differ from row to row: a range that spanned the batch would show.
            var inputs = graph.Traced.Inputs.ToDictionary(
                input => input.Name,
                input => input.Type == "uint8" || input.Name.Contains("noise", StringComparison.Ordinal)
                    ? ExampleTensors.For(input, rows, random)
                    : ExampleTensors.For(input, rows, random) * torch.arange(1, rows + 1).to(torch.float32).reshape(rows, 1));
            var whole = session.Run(inputs);
            foreach (var (start, size) in ((int, int)[])[(0, 1), (20, 1), (32, 1), (5, 2), (8, 3), (16, 16), (1, 32)])
            {
                var part = session.Run(inputs.ToDictionary(i => i.Key, i => i.Value.narrow(0, start, size)));
                Assert.All(part, output => Assert.Equal(
                    Bytes(whole[output.Key].narrow(0, start, size).contiguous()), Bytes(output.Value)));
            }
        }
    }

    [Fact]
    public void A_graph_without_large_layers_stays_as_it_is()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Null(Int8Graph.Quantize(Layer(torch.ones(Outputs, Inputs), torch.zeros(Outputs))));
    }

    private static byte[] Bytes(torch.Tensor tensor) => tensor.bytes.ToArray();

    private static ModelProto Layer(torch.Tensor weight, torch.Tensor bias)
    {
        var graph = new GraphProto { Name = "layer" };
        graph.Node.Add(new NodeProto
        {
            OpType = "Gemm", Name = "gemm", Input = { "x", "w", "b" }, Output = { "y" },
            Attribute = { new AttributeProto { Name = "transB", I = 1, Type = AttributeProto.Types.AttributeType.Int } },
        });
        graph.Initializer.Add([OnnxTensors.ToProto("w", weight), OnnxTensors.ToProto("b", bias)]);
        graph.Input.Add(OnnxTensors.Describe("x", torch.zeros(1, weight.shape[1])));
        graph.Output.Add(OnnxTensors.Describe("y", torch.zeros(1, weight.shape[0])));
        foreach (var value in graph.Input.Concat(graph.Output))
        {
            value.Type.TensorType.Shape.Dim[0].DimParam = "batch";
        }
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
    }
}
