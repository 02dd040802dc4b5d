using Dreamer.Inference.Onnx;
using Xunit;
using static Dreamer.Inference.Tests.Onnx.Protobuf;

namespace Dreamer.Inference.Tests.Onnx;

public class OnnxModelTests
{
    private static byte[] Tensor(params byte[][] fields) => Field(5, [Field(8, "weight"), .. fields]);

    [Fact]
    public void Takes_a_plain_model() => OnnxModel.Read(Message(
        Field(8, Field(1, ""), Field(2, 17)),
        Field(7, Field(1, Field(4, "Add")), Tensor(Field(1, Varint(2), Varint(3)), Field(9, new byte[24])))));

    [Fact]
    public void Refuses_a_tensor_in_another_file() => Refuses("keeps its data in another file",
        Field(7, Tensor(Field(13, Field(1, "location"), Field(2, "../secret")))));

    [Fact]
    public void Refuses_a_tensor_that_says_external_without_a_place() => Refuses("keeps its data in another file", Field(7, Tensor(Field(14, 1))));

    [Fact]
    public void Refuses_a_tensor_of_a_node_in_another_file() => Refuses("keeps its data in another file",
        Field(7, Field(1, Field(5, Field(5, Field(14, 1))))));

    [Fact]
    public void Refuses_a_tensor_of_an_inner_graph_in_another_file() => Refuses("keeps its data in another file",
        Field(7, Field(1, Field(5, Field(6, Tensor(Field(14, 1)))))));

    [Fact]
    public void Refuses_a_foreign_operator() => Refuses("a node uses the operator domain 'com.example'",
        Field(7, Field(1, Field(4, "Add"), Field(7, "com.example"))));

    [Fact]
    public void Refuses_a_foreign_import() => Refuses("the model imports the operator domain 'com.microsoft'",
        Field(8, Field(1, "com.microsoft")), Field(7));

    [Fact]
    public void Refuses_more_values_than_bytes() => Refuses("declares 3000000000 values",
        Field(7, Tensor(Field(1, 3_000_000_000), Field(9, new byte[16]))));

    [Fact]
    public void Refuses_dimensions_whose_product_overflows() => Refuses("'weight' declares",
        Field(7, Tensor(Field(1, Varint(1UL << 32), Varint(1UL << 32)), Field(9, new byte[16]))));

    [Fact]
    public void Refuses_more_dimensions_than_a_tensor_can_have()
    {
        Refuses("17 dimensions", Field(7, Tensor([.. Enumerable.Repeat(Field(1, 1), 17)])));
        Refuses("more than 16 dimensions", Field(7, Tensor(Field(1, [.. Enumerable.Repeat(Varint(1), 17)]))));
    }

    [Fact]
    public void Refuses_more_nodes_than_can_be_kept_in_mind() => Refuses("more than 65536 nodes", Field(7, [.. Enumerable.Repeat(Field(1), 70_000)]));

    [Fact]
    public void Refuses_functions() => Refuses("functions", Field(25, Field(1, "f")), Field(7));

    [Fact]
    public void Refuses_a_model_without_a_graph() => Refuses("0 graphs", Field(8));

    [Fact]
    public void Refuses_graphs_nested_without_end()
    {
        byte[] graph = [];
        for (var i = 0; i < 40; i++)
        {
            graph = Field(1, Field(5, Field(6, graph)));
        }
        Refuses("nested deeper", Field(7, graph));
    }

    [Fact]
    public void Refuses_a_field_that_is_cut_off()
    {
        var model = Field(7, Tensor(Field(9, new byte[100])));
        Refuses("but only", model[..^1]);
    }

    [Fact]
    public void Seeded_noise_gives_a_verdict_and_nothing_else()
    {
        var random = new Random(5);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            Assert.True(Record.Exception(() => OnnxModel.Read(bytes)) is null or InvalidAgentException);
        }
    }

    private static void Refuses(string why, params byte[][] model) =>
        Assert.Contains(why, Assert.Throws<InvalidAgentException>(() => OnnxModel.Read(Message(model))).Message, StringComparison.Ordinal);
}
