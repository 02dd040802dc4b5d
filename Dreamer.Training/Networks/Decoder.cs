using Dreamer.Training.Environments;
using Dreamer.Training.Tracing;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>A decoded observation; each part is the mean of a Gaussian of variance 1.</summary>
/// <param name="Image">[batch, height, width, channels] in the space of <see cref="Pixels.Normalize"/>; null without an image.</param>
/// <param name="Vector">
/// [batch, numbers], or their symmetric logarithms with <see cref="NetworkOptions.SymlogVectors"/>; null without a vector.
/// </param>
internal readonly record struct DecodedObservation(Traced? Image, Traced? Vector);

/// <summary>Decodes an observation from a latent state: the image by transposed convolutions, the vector by dense layers.</summary>
internal sealed class Decoder : Network
{
    [ComponentName(Name = "image")]
    private readonly ImageDecoder? _image;

    [ComponentName(Name = "vector")]
    private readonly MlpHead? _vector;

    /// <summary>Makes a decoder with fresh weights.</summary>
    /// <param name="observation">The observation space.</param>
    /// <param name="options">The sizes of its layers and of the latent state.</param>
    /// <exception cref="ArgumentException">There is no image network for an image of that size.</exception>
    public Decoder(ObservationSpace observation, NetworkOptions options)
        : base(nameof(Decoder))
    {
        _image = observation.Image is { } image ? new ImageDecoder(image, options) : null;
        _vector = observation.VectorSize > 0
            ? new MlpHead(options.LatentSize, options.VectorUnits, options.VectorLayers, observation.VectorSize, options.DenseStyle)
            : null;
        RegisterComponents();
    }

    /// <summary>Decodes observations.</summary>
    /// <param name="latent">[batch, latent].</param>
    public DecodedObservation Forward(Traced latent) => new(_image?.Forward(latent), _vector?.Forward(latent));
}
