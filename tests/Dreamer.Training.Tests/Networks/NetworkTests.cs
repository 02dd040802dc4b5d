using System.ComponentModel.DataAnnotations;
using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Networks;

public sealed class NetworkTests
{
    private static readonly ObservationSpace Both = new(new ImageShape(10, 5, 1), 3);
    private static readonly NetworkOptions Small = new()
    {
        Deter = 4, Hidden = 4, Stoch = 2, Classes = 3, HeadUnits = 4, HeadLayers = 1, ImageEmbedding = 6, VectorUnits = 5, VectorLayers = 1,
    };

    [Fact]
    public void Parameters_are_called_by_stable_paths()
    {
        using var model = new WorldModelNetworks(Small, Both, ActionSpace.Discrete(2));
        using var behavior = new ActorCriticNetworks(Small, ActionSpace.Discrete(2));
        string[] layers =
        [
            "decoder.image.convolutions.0", "decoder.image.convolutions.1", "decoder.image.convolutions.2", "decoder.image.dense",
            "decoder.image.embedding", "decoder.vector.mlp.layers.0", "decoder.vector.out", "discount.mlp.layers.0", "discount.out",
            "encoder.image.convolutions.0", "encoder.image.convolutions.1", "encoder.image.convolutions.2", "encoder.image.dense",
            "encoder.vector.layers.0", "reward.mlp.layers.0", "reward.out", "rssm.gru.kernel", "rssm.gru.norm", "rssm.img_dist.0",
            "rssm.img_in", "rssm.img_out.0", "rssm.obs_dist", "rssm.obs_out",
        ];
        Assert.Equal(layers, LayersOf(model));
        Assert.Equal(["actor.head.mlp.layers.0", "actor.head.out", "critic.mlp.layers.0", "critic.out"], LayersOf(behavior));
    }

    [Fact]
    public void Weights_start_as_Keras_starts_them()
    {
        torch.manual_seed(1);
        using var model = new WorldModelNetworks(new NetworkOptions(), new ObservationSpace(new ImageShape(10, 10, 4)), ActionSpace.Discrete(3));
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (name == "rssm.gru.norm.weight")
            {
                TensorAssert.Equal(parameter, torch.ones_like(parameter));
                continue;
            }
            if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                Assert.Equal(0, parameter.abs().max().item<float>());
                continue;
            }
            var shape = parameter.shape;
            var limit = MathF.Sqrt(6f / ((shape[0] + shape[1]) * parameter[0, 0].numel()));
            var greatest = parameter.abs().max().item<float>();
            Assert.True(greatest <= limit && greatest > 0.9f * limit, $"{name}: {greatest} of {limit}");
        }
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        torch.manual_seed(4);
        using var one = new MlpHead(3, 4, 2, 5);
        torch.manual_seed(4);
        using var two = new MlpHead(3, 4, 2, 5);
        using var other = new MlpHead(3, 4, 2, 5);
        var input = torch.randn(2, 3);
        TensorAssert.Equal(one.Forward(input), two.Forward(input));
        TensorAssert.NotEqual(one.Forward(input), other.Forward(input));
    }

    [Fact]
    public void A_copy_computes_the_same_and_stays_its_own()
    {
        using var source = new MlpHead(3, 4, 2, 5);
        using var copy = new MlpHead(3, 4, 2, 5);
        var input = torch.randn(2, 3);
        copy.CopyParametersFrom(source);
        var before = copy.Forward(input).Value.clone();
        TensorAssert.Equal(source.Forward(input), before);

        using (torch.no_grad())
        {
            source.parameters().First().add_(1);
        }
        TensorAssert.Equal(before, copy.Forward(input));
        TensorAssert.NotEqual(before, source.Forward(input));
    }

    [Fact]
    public void A_copy_of_another_shape_is_refused()
    {
        using var source = new MlpHead(3, 4, 2, 5);
        using var target = new MlpHead(3, 4, 2, 6);
        Assert.Throws<ArgumentException>(() => target.CopyParametersFrom(source));
    }

    [Fact]
    public void An_encoder_joins_image_and_vector_and_misses_neither()
    {
        using var encoder = new Encoder(Both, Small);
        var image = torch.randint(0, 256, [2, 10, 5, 1], torch.uint8);
        Assert.Equal([2, 11], encoder.Forward(image, torch.randn(2, 3)).Shape);
        Assert.Equal(11, encoder.EmbeddingSize);
        Assert.Contains("needs the vector", Assert.Throws<ArgumentException>(() => encoder.Forward(image, null)).Message, StringComparison.Ordinal);
        using var blind = new Encoder(new ObservationSpace(image: null, 3), Small);
        Assert.Contains("does not take the image", Assert.Throws<ArgumentException>(() => blind.Forward(image, torch.randn(2, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decoder_has_the_parts_of_the_observation()
    {
        using var both = new Decoder(Both, Small);
        using var vectorOnly = new Decoder(new ObservationSpace(image: null, 3), Small);
        var latent = torch.randn(2, Small.LatentSize);
        Assert.Equal([2, 10, 5, 1], both.Forward(latent).Image!.Value.Shape);
        Assert.Equal([2, 3], both.Forward(latent).Vector!.Value.Shape);
        Assert.Null(vectorOnly.Forward(latent).Image);
    }

    [Fact]
    public void Sizes_that_cannot_be_are_all_named_at_once()
    {
        var options = new NetworkOptions { Deter = 0, Classes = 1, HeadLayers = -1 };
        var error = Assert.Throws<ValidationException>(
            () => new WorldModelNetworks(options, new ObservationSpace(new ImageShape(97, 10, 1)), ActionSpace.Discrete(2)));
        foreach (var part in (string[])["Deter is 0", "Classes is 1", "HeadLayers is -1", "[97, 10, 1]"])
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    private static string[] LayersOf(Network network) =>
        [.. network.named_parameters().Select(p => p.name[..p.name.LastIndexOf('.')]).Distinct().Order(StringComparer.Ordinal)];
}
