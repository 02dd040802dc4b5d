namespace Dreamer.Training.Environments;

/// <summary>The shape of an image observation: bytes in the order height, width, channels.</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Channels">Values a pixel: 1 for gray, 3 for colour, one a layer for a grid of booleans (stored as 0 and 255).</param>
public readonly record struct ImageShape(int Height, int Width, int Channels)
{
    /// <summary>Bytes in one image.</summary>
    public int Size => Height * Width * Channels;

    /// <summary>Height, width and channels, as in <c>64x64x3</c>.</summary>
    public override string ToString() => $"{Height}x{Width}x{Channels}";
}
