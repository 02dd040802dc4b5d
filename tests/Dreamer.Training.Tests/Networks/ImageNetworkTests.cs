using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Networks;

public sealed class ImageNetworkTests
{
    private static readonly NetworkOptions Options = new() { Deter = 4, Stoch = 2, Classes = 3, CnnDepth = 2, ImageEmbedding = 9 };

    [Theory]
    [InlineData(64, 64, 3, "conv64", 64)]
    [InlineData(10, 5, 1, "grid", 9)]
    [InlineData(10, 10, 4, "grid", 9)]
    [InlineData(24, 24, 1, "grid", 9)]
    [InlineData(5, 5, 2, "grid", 9)]
    [InlineData(25, 24, 1, "strided", 9)]
    [InlineData(84, 84, 1, "strided", 9)]
    [InlineData(96, 5, 1, "strided", 9)]
    [InlineData(47, 33, 2, "strided", 9)]
    [InlineData(96, 96, 3, "strided", 9)]
    public void Every_size_has_its_network_and_comes_back_whole(int height, int width, int channels, string name, int embeddingSize)
    {
        using var scope = torch.NewDisposeScope();
        var shape = new ImageShape(height, width, channels);
        using var encoder = new ImageEncoder(shape, Options);
        using var decoder = new ImageDecoder(shape, Options);

        var embedding = encoder.Forward(torch.randint(0, 256, [2, height, width, channels], torch.uint8));
        var decoded = decoder.Forward(torch.randn(2, Options.LatentSize));

        Assert.Equal(name, encoder.NetworkName);
        Assert.Equal(embeddingSize, encoder.EmbeddingSize);
        Assert.Equal([2, embeddingSize], embedding.Shape);
        Assert.Equal([2, height, width, channels], decoded.Shape);
    }

    [Theory]
    [InlineData(10, 4)]
    [InlineData(8, 4)]
    [InlineData(6, 4)]
    [InlineData(5, 3)]
    [InlineData(24, 18)]
    public void A_grid_is_padded_only_where_a_side_is_short(int side, int afterThree)
    {
        var plan = ImagePlan.For(new ImageShape(side, 10, 1), 48);
        Assert.Equal((64, afterThree, 4), plan.Encoded);
    }

    [Fact]
    public void Every_pixel_of_a_decoded_image_depends_on_the_latent_state()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(2);
        foreach (var shape in (ImageShape[])[new(64, 64, 1), new(10, 5, 1), new(47, 33, 1), new(84, 84, 1)])
        {
            using var decoder = new ImageDecoder(shape, Options);
            var images = decoder.Forward(torch.randn(8, Options.LatentSize)).Value;
            Assert.True(images.std([0]).min().item<float>() > 0, $"{shape}");
        }
    }

    [Fact]
    public void Sides_without_a_network_are_refused_with_the_range_that_is_allowed()
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageEncoder(new ImageShape(4, 10, 1), Options));
        Assert.Contains("[4, 10, 1]", error.Message, StringComparison.Ordinal);
        Assert.Contains("5 to 96", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_survive_normalization_and_back()
    {
        var bytes = torch.arange(0, 256).to_type(torch.ScalarType.Byte);
        TensorAssert.Equal(bytes, Pixels.ToBytes(Pixels.Normalize(bytes)));
        Assert.Equal(-0.5f, Pixels.Normalize(bytes).Value.min().item<float>(), 1e-6f);
        Assert.Equal(0.5f, Pixels.Normalize(bytes).Value.max().item<float>(), 1e-6f);
    }

    [Fact]
    public void What_a_decoder_says_beyond_black_and_white_becomes_black_and_white()
    {
        var bytes = Pixels.ToBytes(torch.tensor([-3f, -0.51f, 0.51f, 7f])).Value;
        Assert.Equal([0, 0, 255, 255], bytes.data<byte>().ToArray());
    }
}
