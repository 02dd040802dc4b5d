using Dreamer.Inference;
using SkiaSharp;

namespace Dreamer.Cli.Reporting;

/// <summary>Makes pictures that people can look at of the images that agents see.</summary>
internal static class ObservationPicture
{
    // For grids with a layer per kind of thing: told apart also by those who do not see red and green as different.
    private static readonly SKColor[] LayerColors =
    [
        new(0x56, 0xB4, 0xE9), new(0xF0, 0xE4, 0x42), new(0xE6, 0x9F, 0x00), new(0xCC, 0x79, 0xA7), new(0x00, 0x9E, 0x73), new(0xD5, 0x5E, 0x00),
    ];

    /// <summary>A PNG of one image, one pixel a pixel, as a data URI.</summary>
    internal static string ToDataUri(ReadOnlySpan<byte> image, ImageShape shape) =>
        $"data:image/png;base64,{Convert.ToBase64String(ToPng(image, shape))}";

    /// <summary>A PNG of one image, one pixel a pixel.</summary>
    /// <remarks>One channel is gray, three are colour; any other number is a grid with a layer per channel, drawn over each other.</remarks>
    internal static byte[] ToPng(ReadOnlySpan<byte> image, ImageShape shape)
    {
        using var bitmap = new SKBitmap(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                bitmap.SetPixel(x, y, Color(image.Slice(((y * shape.Width) + x) * shape.Channels, shape.Channels)));
            }
        }
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static SKColor Color(ReadOnlySpan<byte> pixel) => pixel switch
    {
        [var gray] => new SKColor(gray, gray, gray),
        [var red, var green, var blue] => new SKColor(red, green, blue),
        _ => Layers(pixel),
    };

    private static SKColor Layers(ReadOnlySpan<byte> pixel)
    {
        var color = SKColors.Black;
        for (var layer = 0; layer < pixel.Length; layer++)
        {
            var (over, share) = (LayerColors[layer % LayerColors.Length], pixel[layer] / 255f);
            color = new SKColor(Mix(color.Red, over.Red, share), Mix(color.Green, over.Green, share), Mix(color.Blue, over.Blue, share));
        }
        return color;
    }

    private static byte Mix(byte under, byte over, float share) => (byte)MathF.Round(under + ((over - under) * share));
}
