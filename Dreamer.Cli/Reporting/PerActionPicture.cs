using System.Globalization;
using Dreamer.Cli.Rendering;
using SkiaSharp;

namespace Dreamer.Cli.Reporting;

/// <summary>Draws the per-action picture of one step, for example for a README.</summary>
/// <remarks>
/// <para>The first column shows the observed image above the decoded one. Then follows one column per action: the most likely next state above
/// samples of it. The action taken is framed. The caption under each image gives the predicted reward (r), discount (d) and value (V).</para>
/// <para>The text uses a font installed on the machine; see <see cref="HasFont"/>. Thread-safe.</para>
/// </remarks>
internal static class PerActionPicture
{
    private const int Tile = 160;
    private const int Gap = 14;
    private const int Title = 22;
    private const int Caption = 20;
    private const int CellHeight = Title + Tile + Caption;
    private const int Frame = 5;

    // Readable fonts on Linux, Windows and macOS; the system default elsewhere.
    private static readonly string[] Families = ["DejaVu Sans", "Liberation Sans", "Segoe UI", "Helvetica", "Arial"];

    private static readonly SKColor Background = new(0xF6, 0xF8, 0xFB);
    private static readonly SKColor Ink = new(0x1D, 0x23, 0x30);
    private static readonly SKColor Soft = new(0x66, 0x70, 0x85);
    private static readonly SKColor Taken = new(0x25, 0x63, 0xEB);
    private static readonly SKTypeface Typeface =
        Families.Select(SKFontManager.Default.MatchFamily).FirstOrDefault(found => found is not null) ?? SKTypeface.Default;

    /// <summary>Whether this machine has a font. A minimal Linux container has none, and pictures drawn there have no text.</summary>
    internal static bool HasFont => Typeface.GlyphCount > 0;

    /// <summary>Draws a step as a PNG.</summary>
    internal static byte[] ToPng(PerActionFrame frame)
    {
        using var picture = Draw(frame);
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Draws a step.</summary>
    /// <returns>An opaque picture, owned by the caller; the same size for every step of an agent.</returns>
    internal static SKBitmap Draw(PerActionFrame frame)
    {
        Cell[][] columns =
        [
            [
                new($"observed, step {frame.Step}", frame.Original, $"reward {NumberText.Format(frame.Received)}  surprise {NumberText.Format(frame.Surprise)}"),
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

    // Long action names are narrowed to fit their column.
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

    private static string Outcome(PictureWithOutcome picture) => $"r {NumberText.Format(picture.Reward)}  d {NumberText.Format(picture.Discount)}  V {NumberText.Format(picture.Value)}";

    private static string Percent(float probability) => $"{(100 * probability).ToString("F0", CultureInfo.InvariantCulture)} %";

    private sealed record Cell(string Title, string Image, string Caption);
}
