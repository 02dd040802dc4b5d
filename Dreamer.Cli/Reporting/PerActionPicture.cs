using SkiaSharp;

namespace Dreamer.Cli.Reporting;

/// <summary>The per-action picture of one step as an image without words, for a README say.</summary>
/// <remarks>Left what was seen over what it decodes to; then a column an action: the next state's mode over its samples. The action taken is framed.</remarks>
internal static class PerActionPicture
{
    private const int Tile = 120;
    private const int Gap = 12;

    private static readonly SKColor Background = new(0xF6, 0xF8, 0xFB);
    private static readonly SKColor Taken = new(0x25, 0x63, 0xEB);

    /// <summary>Draws it.</summary>
    /// <param name="frame">The step.</param>
    /// <returns>A PNG.</returns>
    internal static byte[] ToPng(PerActionFrame frame)
    {
        string[][] columns = [[frame.Original, frame.Decoded.Image], .. frame.Actions.Select(action => (string[])[action.Mode.Image, .. action.Samples.Select(s => s.Image)])];
        using var surface = SKSurface.Create(new SKImageInfo(Gap + (columns.Length * (Tile + Gap)), Gap + (columns.Max(c => c.Length) * (Tile + Gap))));
        surface.Canvas.Clear(Background);
        using var border = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 4, Color = Taken };
        foreach (var (column, pictures) in columns.Index())
        {
            var left = Gap + (column * (Tile + Gap));
            foreach (var (row, picture) in pictures.Index())
            {
                using var image = SKImage.FromEncodedData(Convert.FromBase64String(picture[(picture.IndexOf(',', StringComparison.Ordinal) + 1)..]));
                surface.Canvas.DrawImage(image, Fit(image, left, Gap + (row * (Tile + Gap))), new SKSamplingOptions(SKFilterMode.Nearest));
            }
            if (column == frame.Taken + 1)
            {
                surface.Canvas.DrawRect(left - 4, 4, Tile + 8, (pictures.Length * (Tile + Gap)) + 4, border);
            }
        }
        using var drawn = surface.Snapshot();
        using var data = drawn.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static SKRect Fit(SKImage image, float left, float top)
    {
        var scale = (float)Tile / Math.Max(image.Width, image.Height);
        var (width, height) = (image.Width * scale, image.Height * scale);
        return SKRect.Create(left + ((Tile - width) / 2), top + ((Tile - height) / 2), width, height);
    }
}
