using Dreamer.Inference;
using SkiaSharp;

namespace Dreamer.Cli.Rendering;

/// <summary>The display color of a pixel: gray for one channel, RGB for three, colored layers for any other number.</summary>
internal static class PixelColor
{
    // Distinguishable with red-green color blindness.
    private static readonly SKColor[] Layers =
    [
        new(0x56, 0xB4, 0xE9), new(0xF0, 0xE4, 0x42), new(0xE6, 0x9F, 0x00), new(0xCC, 0x79, 0xA7), new(0x00, 0x9E, 0x73), new(0xD5, 0x5E, 0x00),
    ];

    internal static SKColor FromPixel(ReadOnlySpan<byte> pixel) => pixel switch
    {
        [var gray] => new SKColor(gray, gray, gray),
        [var red, var green, var blue] => new SKColor(red, green, blue),
        _ => FromLayers(pixel),
    };

    /// <summary>Draws a whole image at its own size.</summary>
    /// <param name="image">[H, W, C].</param>
    /// <param name="shape">The image's shape.</param>
    /// <returns>An opaque bitmap, owned by the caller.</returns>
    internal static SKBitmap Paint(ReadOnlySpan<byte> image, ImageShape shape)
    {
        var bitmap = new SKBitmap(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                bitmap.SetPixel(x, y, FromPixel(image.Slice(((y * shape.Width) + x) * shape.Channels, shape.Channels)));
            }
        }
        return bitmap;
    }

    private static SKColor FromLayers(ReadOnlySpan<byte> pixel)
    {
        var color = SKColors.Black;
        for (var layer = 0; layer < pixel.Length; layer++)
        {
            var (over, share) = (Layers[layer % Layers.Length], pixel[layer] / 255f);
            color = new SKColor(Mix(color.Red, over.Red, share), Mix(color.Green, over.Green, share), Mix(color.Blue, over.Blue, share));
        }
        return color;
    }

    private static byte Mix(byte under, byte over, float share) => (byte)MathF.Round(under + ((over - under) * share));
}
