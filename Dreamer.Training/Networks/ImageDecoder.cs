using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>Decodes images by transposed convolutions, the mirror of <see cref="ImageEncoder"/> for the same size of image.</summary>
/// <remarks>
/// <c>conv64</c> is the reference's: a dense layer without activation to one pixel, then kernels 5, 5, 6 and 6 of stride 2. <c>grid</c>
/// and <c>strided</c> have two dense layers with activation (to the size of the embedding, and to the encoder's last map), then the
/// encoder's convolutions transposed. The last layer of all has no activation.
/// </remarks>
internal sealed class ImageDecoder : Network
{
    private readonly (int Channels, int Height, int Width) _start;

    [ComponentName(Name = "embedding")]
    private readonly Dense? _embedding;

    [ComponentName(Name = "dense")]
    private readonly Dense _dense;

    [ComponentName(Name = "convolutions")]
    private readonly ModuleList<TransposedConvolution> _convolutions = [];

    /// <summary>Makes a decoder with fresh weights.</summary>
    /// <param name="image">What it decodes.</param>
    /// <param name="options">The sizes of its layers and of the latent state.</param>
    /// <exception cref="ArgumentException">There is no image network for an image of that size.</exception>
    public ImageDecoder(ImageShape image, NetworkOptions options)
        : base(nameof(ImageDecoder))
    {
        var plan = ImagePlan.For(image, options.CnnDepth);
        _start = plan.Decoded;
        var startSize = _start.Channels * _start.Height * _start.Width;
        _embedding = plan.HasDenseEmbedding ? new Dense(options.LatentSize, options.ImageEmbedding, options.DenseStyle) : null;
        _dense = plan.HasDenseEmbedding
            ? new Dense(options.ImageEmbedding, startSize, options.DenseStyle)
            : new Dense(options.LatentSize, startSize);
        foreach (var (index, layer) in plan.Decoder.Index())
        {
            _convolutions.Add(new TransposedConvolution(layer, index == plan.Decoder.Count - 1 ? default : options.ConvolutionStyle));
        }
        RegisterComponents();
    }

    /// <summary>Decodes images.</summary>
    /// <param name="latent">[batch, latent].</param>
    /// <returns>[batch, height, width, channels], the mean of a Gaussian of variance 1 in the space of <see cref="Pixels.Normalize"/>; not bounded.</returns>
    public Traced Forward(Traced latent)
    {
        var features = _dense.Forward(_embedding?.Forward(latent) ?? latent).Reshape(-1, _start.Channels, _start.Height, _start.Width);
        foreach (var convolution in _convolutions)
        {
            features = convolution.Forward(features);
        }
        return features.Permute(0, 2, 3, 1);
    }
}
