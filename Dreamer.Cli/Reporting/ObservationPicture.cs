using Dreamer.Cli.Rendering;
using Dreamer.Inference;
using SkiaSharp;

namespace Dreamer.Cli.Reporting;

/// <summary>Makes pictures that people can look at of the images that agents see.</summary>
internal static class ObservationPicture
{
    /// <summary>A PNG of one image, one pixel a pixel, as a data URI.</summary>
    internal static string ToDataUri(ReadOnlySpan<byte> image, ImageShape shape) =>
        $"data:image/png;base64,{Convert.ToBase64String(ToPng(image, shape))}";

    /// <summary>A PNG of one image, one pixel a pixel.</summary>
    internal static byte[] ToPng(ReadOnlySpan<byte> image, ImageShape shape)
    {
        using var bitmap = PixelColor.Paint(image, shape);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
