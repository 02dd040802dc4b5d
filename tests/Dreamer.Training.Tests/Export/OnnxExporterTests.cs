using Dreamer.Inference;
using Dreamer.Training.Distributions;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Dreamer.Training.Tests.Tracing;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Export;

public sealed class OnnxExporterTests
{
    private static readonly TensorManifest X = new("x", "float32", [4]);

    [Fact]
    public void A_model_is_plain_ONNX_with_a_free_batch()
    {
        using var network = new MlpHead(4, 8, 1, 2);
        var model = OnnxExporter.Export(Graph(x => network.Forward(x)), network);

        Assert.Equal(8, model.IrVersion);
        var opset = Assert.Single(model.OpsetImport);
        Assert.Equal(("", 17), (opset.Domain, opset.Version));
        Assert.Equal("Dreamer.Training", model.ProducerName);
        Assert.Equal(["batch", "4"], Dimensions(Assert.Single(model.Graph.Input)));
        Assert.Equal(["batch", "2"], Dimensions(Assert.Single(model.Graph.Output)));
        Assert.All(model.Graph.Node, node => Assert.Empty(node.Domain));
    }

    [Fact]
    public void Initializers_are_the_parameters_by_path_and_value()
    {
        using var network = new MlpHead(4, 8, 1, 2);
        var model = OnnxExporter.Export(Graph(x => network.Forward(x)), network);
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);

        Assert.Equal(parameters.Keys.Order(StringComparer.Ordinal), model.Graph.Initializer.Select(i => i.Name));
        Assert.All(model.Graph.Initializer, i => Assert.Equal(parameters[i.Name].bytes.ToArray(), i.RawData.ToByteArray()));
    }

    [Fact]
    public void What_no_output_needs_is_left_out()
    {
        using var used = new Dense(4, 2);
        using var unused = new MlpHead(4, 8, 1, 2);
        var model = OnnxExporter.Export(Graph(x =>
        {
            _ = unused.Forward(x).Tanh();
            return used.Forward(x);
        }), used, unused);
        Assert.Equal(["bias", "weight"], model.Graph.Initializer.Select(i => i.Name));
        Assert.Equal(["Gemm", "Identity"], model.Graph.Node.Select(n => n.OpType));
    }

    [Fact]
    public void Gradients_of_samples_are_no_part_of_a_graph()
    {
        var model = OnnxExporter.Export(Graph(x => new OneHotCategorical(2, 2).Sample(x, x)), []);
        Assert.DoesNotContain("Softmax", model.Graph.Node.Select(n => n.OpType));
    }

    [Fact]
    public void A_tensor_that_went_around_the_trace_is_refused_with_its_shape_and_place()
    {
        var error = Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => (Traced)x.Value.relu() + 1), []));
        Assert.Contains("[2, 4]", error.Message, StringComparison.Ordinal);
        Assert.Contains("input 0 of Add_1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_went_around_the_trace_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => x.Value.relu()), []));
        Assert.Contains("output 'y'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_of_a_network_that_is_not_traced_is_refused()
    {
        using var foreign = new Dense(4, 2);
        var error = Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => foreign.Forward(x)), []));
        Assert.Contains("[2, 4]", error.Message, StringComparison.Ordinal);
        Assert.Contains("input 1 of Gemm_1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baked_batch_size_is_refused_with_the_node_that_has_it()
    {
        var error = Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => x.Reshape(x.Shape[0], 2, 2)), []));
        Assert.Contains("Reshape(x, const_int_[2,2,2])", error.Message, StringComparison.Ordinal);
        Assert.Contains("Reshape(x, const_int_[5,2,2])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baked_value_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => x * x.Value.max().item<float>()), []));

    [Fact]
    public void A_branch_on_the_batch_size_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => x.Shape[0] > 3 ? x.Tanh() : x.Tanh().Exp()), []));

    [Fact]
    public void An_output_without_the_batch_in_front_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => x.Permute(1, 0)), []));
        Assert.Contains("'y'", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => x.Reshape(-1, 2)), []));
        Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => x.Narrow(0, 0, 1)), []));
    }

    [Fact]
    public void Two_networks_with_one_path_are_refused()
    {
        using var one = new Dense(4, 2);
        using var two = new Dense(4, 2);
        var error = Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x => one.Forward(x) + two.Forward(x)), one, two));
        Assert.Contains("'weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_within_a_trace_is_refused_and_a_failed_one_leaves_nothing_behind()
    {
        Assert.Throws<InvalidOperationException>(() => OnnxExporter.Export(Graph(x =>
        {
            using var inner = new Tracer([]);
            return x;
        }), []));
        Assert.Null(Tracer.Current);
        Assert.True(torch.is_grad_enabled());
        Assert.NotNull(OnnxExporter.Export(Graph(x => x.Exp()), []));
    }

    private static TracedGraph Graph(Func<Traced, Traced> forward) => new("test", [X], inputs => [("y", forward(inputs["x"]))]);

    private static string[] Dimensions(ValueInfoProto value) => [.. value.Type.TensorType.Shape.Dim.Select(
        d => d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam ? d.DimParam : $"{d.DimValue}")];
}
