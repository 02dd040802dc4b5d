using Dreamer.Inference;
using SkiaSharp;
using Spectre.Console;

namespace Dreamer.Cli.Rendering;

/// <summary>Draws observed images with terminal characters.</summary>
internal static class PixelCanvas
{
    /// <summary>The scale at which an image fits: a whole number if it is enlarged, a fraction if it is reduced.</summary>
    /// <param name="shape">The image's shape.</param>
    /// <param name="columns">The available columns.</param>
    /// <param name="lines">The available lines.</param>
    /// <param name="isUnicode">Whether one character shows two pixels, one above the other; otherwise two characters show one pixel.</param>
    internal static float Scale(ImageShape shape, int columns, int lines, bool isUnicode)
    {
        var (width, height) = isUnicode ? (columns, lines * 2) : (columns / 2, lines);
        var scale = Math.Min((float)width / shape.Width, (float)height / shape.Height);
        return scale >= 1 ? MathF.Floor(scale) : Math.Max(scale, 1f / Math.Max(shape.Width, shape.Height));
    }

    /// <summary>Draws an image.</summary>
    /// <param name="image">[H, W, C].</param>
    /// <param name="shape">The image's shape.</param>
    /// <param name="scale">The scale factor.</param>
    internal static Canvas Draw(ReadOnlySpan<byte> image, ImageShape shape, float scale)
    {
        using var bitmap = PixelColor.Paint(image, shape);
        var (width, height) = (Math.Max(1, (int)(shape.Width * scale)), Math.Max(1, (int)(shape.Height * scale)));
        // Enlarged pixels stay sharp squares. Reduced ones are averaged, so that a ball of one pixel does not vanish.
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
