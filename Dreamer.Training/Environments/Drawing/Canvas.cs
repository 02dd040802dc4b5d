using Dreamer.Inference;

namespace Dreamer.Training.Environments.Drawing;

/// <summary>A picture of 64x64 pixels for filled, antialiased shapes: a pixel mixes colors by the share that is covered.</summary>
/// <remarks>Coordinates are in pixels, x to the right and y down, (0, 0) at the upper left corner. Shapes are clipped to the picture.</remarks>
internal sealed class Canvas
{
    public const int Side = 64;

    private const int Channels = 3;

    public static ImageShape Shape { get; } = new(Side, Side, Channels);

    /// <summary>[y, x, channel] of red, green and blue.</summary>
    public byte[] Pixels { get; } = new byte[Side * Side * Channels];

    public void Clear(Rgb color)
    {
        for (var i = 0; i < Pixels.Length; i += Channels)
        {
            (Pixels[i], Pixels[i + 1], Pixels[i + 2]) = (color.Red, color.Green, color.Blue);
        }
    }

    /// <summary>A rectangle along the axes; the covered share of a pixel is exact.</summary>
    public void FillRectangle(double left, double top, double right, double bottom, Rgb color)
    {
        for (var y = First(top); y < End(bottom); y++)
        {
            for (var x = First(left); x < End(right); x++)
            {
                Blend(x, y, Overlap(x, left, right) * Overlap(y, top, bottom), color);
            }
        }
    }

    public void FillDisc(double x, double y, double radius, Rgb color) => FillLine(x, y, x, y, radius, color);

    /// <summary>A line with round ends; the covered share of a pixel follows from its center's distance to the edge.</summary>
    /// <param name="x0">Where it starts.</param>
    /// <param name="y0">Where it starts.</param>
    /// <param name="x1">Where it ends.</param>
    /// <param name="y1">Where it ends.</param>
    /// <param name="radius">Half its width.</param>
    /// <param name="color">Its color.</param>
    public void FillLine(double x0, double y0, double x1, double y1, double radius, Rgb color)
    {
        var (dx, dy) = (x1 - x0, y1 - y0);
        var squaredLength = (dx * dx) + (dy * dy);
        var reach = radius + 1;
        for (var y = First(Math.Min(y0, y1) - reach); y < End(Math.Max(y0, y1) + reach); y++)
        {
            for (var x = First(Math.Min(x0, x1) - reach); x < End(Math.Max(x0, x1) + reach); x++)
            {
                var (px, py) = (x + 0.5 - x0, y + 0.5 - y0);
                var along = squaredLength == 0 ? 0 : Math.Clamp(((px * dx) + (py * dy)) / squaredLength, 0, 1);
                var (ox, oy) = (px - (along * dx), py - (along * dy));
                Blend(x, y, Math.Clamp(radius + 0.5 - Math.Sqrt((ox * ox) + (oy * oy)), 0, 1), color);
            }
        }
    }

    private static int First(double edge) => (int)Math.Clamp(Math.Floor(edge), 0, Side);

    private static int End(double edge) => (int)Math.Clamp(Math.Ceiling(edge), 0, Side);

    private static double Overlap(int pixel, double low, double high) => Math.Max(0, Math.Min(pixel + 1, high) - Math.Max(pixel, low));

    private void Blend(int x, int y, double part, Rgb color)
    {
        var pixel = Pixels.AsSpan(((y * Side) + x) * Channels, Channels);
        pixel[0] = Mix(pixel[0], color.Red, part);
        pixel[1] = Mix(pixel[1], color.Green, part);
        pixel[2] = Mix(pixel[2], color.Blue, part);
    }

    private static byte Mix(byte below, byte above, double part) => (byte)Math.Round(below + ((above - below) * part));
}
