using Dreamer.Inference.Verification;
using Xunit;
using static Dreamer.Inference.Tests.Onnx.Protobuf;

namespace Dreamer.Inference.Tests.Verification;

public sealed class TensorFileTests
{
    [Fact]
    public void Takes_a_tensor()
    {
        var file = TensorFile.Parse(Message(Field(1, Varint(2), Varint(1)), Field(2, 1), Field(8, "value"), Field(9, new byte[8])));
        Assert.Equal(("value", false), (file.Name, file.IsByte));
        Assert.Equal([2, 1], file.Shape);
        Assert.Equal([0, 0], file.ToSingles());
    }

    [Fact]
    public void Refuses_what_has_no_rows() => Refuses("every one must be at least 1", Field(1, 0), Field(2, 1));

    [Fact]
    public void Refuses_dimensions_whose_product_is_right_by_two_wrongs() =>
        Refuses("every one must be at least 1", Field(1, ulong.MaxValue), Field(1, ulong.MaxValue - 1), Field(2, 2), Field(9, new byte[2]));

    [Fact]
    public void Refuses_more_values_than_bytes() => Refuses("takes 12000000000 bytes, but 4 bytes follow", Field(1, 3_000_000_000), Field(2, 1), Field(9, new byte[4]));

    [Fact]
    public void Refuses_values_that_no_agent_has() => Refuses("its element type is 7", Field(1, 1), Field(2, 7), Field(9, new byte[8]));

    private static void Refuses(string why, params byte[][] tensor) =>
        Assert.Contains(why, Assert.Throws<InvalidAgentException>(() => TensorFile.Parse(Message(tensor))).Message, StringComparison.Ordinal);
}
