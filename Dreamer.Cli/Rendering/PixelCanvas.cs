using Dreamer.Inference;
using SkiaSharp;
using Spectre.Console;

namespace Dreamer.Cli.Rendering;

/// <summary>Draws what agents see with a terminal's characters.</summary>
internal static class PixelCanvas
{
    /// <summary>How many times as large an image can be drawn: a whole number, or a fraction where it has to be made smaller.</summary>
    /// <param name="shape">The image's.</param>
    /// <param name="columns">The room, in characters.</param>
    /// <param name="lines">The room, in lines.</param>
    /// <param name="isUnicode">Whether a character holds two pixels, one over the other, or two hold one.</param>
    internal static float Scale(ImageShape shape, int columns, int lines, bool isUnicode)
    {
        var (width, height) = isUnicode ? (columns, lines * 2) : (columns / 2, lines);
        var scale = Math.Min((float)width / shape.Width, (float)height / shape.Height);
        return scale >= 1 ? MathF.Floor(scale) : Math.Max(scale, 1f / Math.Max(shape.Width, shape.Height));
    }

    /// <summary>Draws one.</summary>
    /// <param name="image">[H, W, C].</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="scale">How many times as large.</param>
    internal static Canvas Draw(ReadOnlySpan<byte> image, ImageShape shape, float scale)
    {
        using var bitmap = PixelColor.Paint(image, shape);
        var (width, height) = (Math.Max(1, (int)(shape.Width * scale)), Math.Max(1, (int)(shape.Height * scale)));
        // Pixels stay squares when they grow, and keep their share of the picture when they shrink: a ball of one pixel is not to vanish.
        using var drawn = bitmap.Resize(
            new SKSizeI(width, height), scale >= 1 ? new SKSamplingOptions(SKFilterMode.Nearest) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        var canvas = new Canvas(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var color = drawn.GetPixel(x, y);
                canvas.SetPixel(x, y, new Color(color.Red, color.Green, color.Blue));
            }
        }
        return canvas;
    }
}
