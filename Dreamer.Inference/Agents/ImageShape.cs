namespace Dreamer.Inference;

/// <summary>The shape of an image observation, as it lies in memory: rows, columns, channels.</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Channels">Values in a pixel.</param>
public sealed record ImageShape(int Height, int Width, int Channels)
{
    /// <summary>Bytes in an image.</summary>
    public int Size => Height * Width * Channels;

    /// <inheritdoc/>
    public override string ToString() => $"[{Height}, {Width}, {Channels}]";
}
