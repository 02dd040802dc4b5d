using System.Globalization;
using Dreamer.Cli.Rendering;
using SkiaSharp;

namespace Dreamer.Cli.Reporting;

/// <summary>The per-action picture of one step as an image, for a README say.</summary>
/// <remarks>
/// <para>Left what was seen over what it decodes to; then a column an action: the next state's mode over its samples. The action taken is framed.
/// Under a picture stand its predicted reward (r), discount (d) and value (V).</para>
/// <para>The words are set in a font of the machine; see <see cref="HasWords"/>. Thread-safe.</para>
/// </remarks>
internal static class PerActionPicture
{
    private const int Tile = 160;
    private const int Gap = 14;
    private const int Title = 22;
    private const int Caption = 20;
    private const int CellHeight = Title + Tile + Caption;
    private const int Frame = 5;

    // What tables of numbers are read in, on Linux, Windows and macOS; the machine's own choice elsewhere.
    private static readonly string[] Families = ["DejaVu Sans", "Liberation Sans", "Segoe UI", "Helvetica", "Arial"];

    private static readonly SKColor Background = new(0xF6, 0xF8, 0xFB);
    private static readonly SKColor Ink = new(0x1D, 0x23, 0x30);
    private static readonly SKColor Soft = new(0x66, 0x70, 0x85);
    private static readonly SKColor Taken = new(0x25, 0x63, 0xEB);
    private static readonly SKTypeface Typeface =
        Families.Select(SKFontManager.Default.MatchFamily).FirstOrDefault(found => found is not null) ?? SKTypeface.Default;

    /// <summary>Whether this machine has a font: a bare container's Linux has none, and its pictures no words.</summary>
    internal static bool HasWords => Typeface.GlyphCount > 0;

    /// <summary>Draws it.</summary>
    /// <param name="frame">The step.</param>
    /// <returns>A PNG.</returns>
    internal static byte[] ToPng(PerActionFrame frame)
    {
        using var picture = Draw(frame);
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Draws it.</summary>
    /// <param name="frame">The step.</param>
    /// <returns>An opaque picture, the caller's: as large for every step of an agent.</returns>
    internal static SKBitmap Draw(PerActionFrame frame)
    {
        Cell[][] columns =
        [
            [
                new($"seen, step {frame.Step}", frame.Original, $"reward {FewNumbers.Text(frame.Received)}  surprise {FewNumbers.Text(frame.Surprise)}"),
                new("decoded", frame.Decoded.Image, Outcome(frame.Decoded)),
            ],
            .. frame.Actions.Select(action => (Cell[])
            [
                new($"{action.Name} {Percent(action.Probability)}", action.Mode.Image, Outcome(action.Mode)),
                .. action.Samples.Select(sample => new Cell("sample", sample.Image, Outcome(sample))),
            ]),
        ];
        var bitmap = new SKBitmap(
            Gap + (columns.Length * (Tile + Gap)), Gap + (columns.Max(cells => cells.Length) * (CellHeight + Gap)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(Background);
        using var border = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 3, Color = Taken, IsAntialias = true };
        foreach (var (column, cells) in columns.Index())
        {
            var left = Gap + (column * (Tile + Gap));
            foreach (var (row, cell) in cells.Index())
            {
                DrawCell(canvas, cell, left, Gap + (row * (CellHeight + Gap)), row == 0);
            }
            if (column == frame.Taken + 1)
            {
                canvas.DrawRoundRect(left - Frame, Gap - Frame, Tile + (2 * Frame), (cells.Length * (CellHeight + Gap)) - Gap + (2 * Frame), Frame, Frame, border);
            }
        }
        return bitmap;
    }

    private static void DrawCell(SKCanvas canvas, Cell cell, float left, float top, bool isHeading)
    {
        DrawText(canvas, cell.Title, left, top + Title - 7, isHeading ? 14 : 12, isHeading ? Ink : Soft);
        using var image = SKImage.FromEncodedData(Convert.FromBase64String(cell.Image[(cell.Image.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        canvas.DrawImage(image, Fit(image, left, top + Title), new SKSamplingOptions(SKFilterMode.Nearest));
        DrawText(canvas, cell.Caption, left, top + Title + Tile + 15, 12, Ink);
    }

    // Narrowed where it would run into the next column: an action's name may have any length.
    private static void DrawText(SKCanvas canvas, string text, float left, float baseline, float size, SKColor color)
    {
        using var font = new SKFont(Typeface, size) { Subpixel = true };
        font.ScaleX = Math.Min(1, Tile / Math.Max(1, font.MeasureText(text)));
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, left + (Tile / 2f), baseline, SKTextAlign.Center, font, paint);
    }

    private static SKRect Fit(SKImage image, float left, float top)
    {
        var scale = (float)Tile / Math.Max(image.Width, image.Height);
        var (width, height) = (image.Width * scale, image.Height * scale);
        return SKRect.Create(left + ((Tile - width) / 2), top + ((Tile - height) / 2), width, height);
    }

    private static string Outcome(PictureWithOutcome picture) => $"r {FewNumbers.Text(picture.Reward)}  d {FewNumbers.Text(picture.Discount)}  V {FewNumbers.Text(picture.Value)}";

    private static string Percent(float probability) => $"{(100 * probability).ToString("F0", CultureInfo.InvariantCulture)} %";

    private sealed record Cell(string Title, string Image, string Caption);
}
