using Dreamer.Inference;

namespace Dreamer.Training.Environments;

/// <summary>The observations of an environment: an image, a vector, or both.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ObservationSpace
{
    /// <summary>Describes an observation.</summary>
    /// <param name="image">The image's shape, or null without an image.</param>
    /// <param name="vectorSize">The size of the vector, or 0 for none.</param>
    /// <exception cref="ArgumentException">A size is not positive, or there is neither image nor vector.</exception>
    public ObservationSpace(ImageShape? image, int vectorSize = 0)
    {
        if (image is { } shape && (shape.Height <= 0 || shape.Width <= 0 || shape.Channels <= 0))
        {
            throw new ArgumentException($"An image needs at least one row, column and channel; this one is {shape} (height, width, channels).", nameof(image));
        }
        ArgumentOutOfRangeException.ThrowIfNegative(vectorSize);
        if (image is null && vectorSize == 0)
        {
            throw new ArgumentException("An observation needs an image, a vector, or both.", nameof(image));
        }
        Image = image;
        VectorSize = vectorSize;
    }

    /// <summary>The shape of the image, uint8 in height, width, channel order; null if there is none.</summary>
    public ImageShape? Image { get; }

    /// <summary>The length of the float32 vector; 0 if there is none.</summary>
    public int VectorSize { get; }
}
