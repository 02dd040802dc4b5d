using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>Embeds images by convolutions with activations; which ones depends on the size of the image.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>conv64</c>, for 64x64: the reference's four convolutions of kernel 4 and stride 2; their output is the embedding.</item>
/// <item><c>grid</c>, for sides of 5 to 24: three convolutions of kernel 3 and stride 1 with 16, 32 and 64 channels, zero-padded along a
/// side only while it is shorter than 5, then a dense layer with activation.</item>
/// <item><c>strided</c>, for other sides of 5 to 96: convolutions of kernel 4 and stride 2 while the shorter side is at least 4, their
/// channels doubling up to eight times the first's, then a dense layer with activation.</item>
/// </list>
/// </remarks>
internal sealed class ImageEncoder : Network
{
    private readonly int _flatSize;

    [ComponentName(Name = "convolutions")]
    private readonly ModuleList<Convolution> _convolutions = [];

    [ComponentName(Name = "dense")]
    private readonly Dense? _dense;

    /// <summary>Makes an encoder with fresh weights.</summary>
    /// <param name="image">What it embeds.</param>
    /// <param name="options">The sizes of its layers.</param>
    /// <exception cref="ArgumentException">There is no image network for an image of that size.</exception>
    public ImageEncoder(ImageShape image, NetworkOptions options)
        : base(nameof(ImageEncoder))
    {
        var plan = ImagePlan.For(image, options.CnnDepth);
        foreach (var layer in plan.Encoder)
        {
            _convolutions.Add(new Convolution(layer, options.ConvolutionStyle));
        }
        _flatSize = plan.Encoded.Channels * plan.Encoded.Height * plan.Encoded.Width;
        _dense = plan.HasDenseEmbedding ? new Dense(_flatSize, options.ImageEmbedding, options.DenseStyle) : null;
        EmbeddingSize = plan.HasDenseEmbedding ? options.ImageEmbedding : _flatSize;
        NetworkName = plan.Name;
        RegisterComponents();
    }

    /// <summary>The size of the embedding.</summary>
    public int EmbeddingSize { get; }

    /// <summary>Which image network fits the image: <c>conv64</c>, <c>grid</c> or <c>strided</c>.</summary>
    public string NetworkName { get; }

    /// <summary>Embeds images.</summary>
    /// <param name="image">[batch, height, width, channels], uint8.</param>
    /// <returns>[batch, <see cref="EmbeddingSize"/>].</returns>
    public Traced Forward(Traced image)
    {
        var features = Pixels.Normalize(image.Permute(0, 3, 1, 2));
        foreach (var convolution in _convolutions)
        {
            features = convolution.Forward(features);
        }
        var flat = features.Reshape(-1, _flatSize);
        return _dense is null ? flat : _dense.Forward(flat);
    }
}
