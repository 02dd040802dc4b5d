using Dreamer.Training.Environments;
using Dreamer.Training.Tracing;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>Embeds an observation: the image by convolutions, the vector by dense layers, concatenated.</summary>
internal sealed class Encoder : Network
{
    private readonly bool _symlog;

    [ComponentName(Name = "image")]
    private readonly ImageEncoder? _image;

    [ComponentName(Name = "vector")]
    private readonly Mlp? _vector;

    /// <summary>Makes an encoder with fresh weights.</summary>
    /// <param name="observation">The observation space.</param>
    /// <param name="options">The sizes of its layers.</param>
    /// <exception cref="ArgumentException">There is no image network for an image of that size.</exception>
    public Encoder(ObservationSpace observation, NetworkOptions options)
        : base(nameof(Encoder))
    {
        _symlog = options.SymlogVectors;
        _image = observation.Image is { } image ? new ImageEncoder(image, options) : null;
        _vector = observation.VectorSize > 0 ? new Mlp(observation.VectorSize, options.VectorUnits, options.VectorLayers, options.DenseStyle) : null;
        EmbeddingSize = (_image?.EmbeddingSize ?? 0) + (_vector is null ? 0 : options.VectorUnits);
        RegisterComponents();
    }

    /// <summary>The size of the embedding: the image's part, then the vector's.</summary>
    public int EmbeddingSize { get; }

    /// <summary>Embeds observations.</summary>
    /// <param name="image">[batch, height, width, channels], uint8; null where the observation has no image.</param>
    /// <param name="vector">[batch, numbers]; null where the observation has no vector.</param>
    /// <returns>[batch, <see cref="EmbeddingSize"/>].</returns>
    /// <exception cref="ArgumentException">A part is missing or unexpected.</exception>
    public Traced Forward(Traced? image, Traced? vector)
    {
        Expect(_image is not null, image is not null, nameof(image));
        Expect(_vector is not null, vector is not null, nameof(vector));
        var numbers = _symlog ? vector?.Symlog() : vector;
        return (_image, _vector) switch
        {
            ({ } images, { } vectors) => Traced.Concat(1, images.Forward(image!.Value), vectors.Forward(numbers!.Value)),
            ({ } images, null) => images.Forward(image!.Value),
            (_, { } vectors) => vectors.Forward(numbers!.Value),
            _ => throw new InvalidOperationException("An observation space has an image or a vector."),
        };
    }

    private static void Expect(bool expected, bool given, string part)
    {
        if (expected != given)
        {
            throw new ArgumentException(expected ? $"This encoder needs the {part}." : $"This encoder does not take the {part}.", part);
        }
    }
}
