using Dreamer.Cli.Rendering;
using Dreamer.Inference;
using SkiaSharp;

namespace Dreamer.Cli.Reporting;

/// <summary>Encodes observed images as PNG.</summary>
internal static class ObservationPicture
{
    /// <summary>Encodes an image at its own size as a PNG data URI.</summary>
    internal static string ToDataUri(ReadOnlySpan<byte> image, ImageShape shape) =>
        $"data:image/png;base64,{Convert.ToBase64String(ToPng(image, shape))}";

    /// <summary>Encodes an image at its own size as a PNG.</summary>
    internal static byte[] ToPng(ReadOnlySpan<byte> image, ImageShape shape)
    {
        using var bitmap = PixelColor.Paint(image, shape);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
