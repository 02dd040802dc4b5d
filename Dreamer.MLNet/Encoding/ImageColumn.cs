using Dreamer.Inference;
using Dreamer.MLNet.Schema;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>The column of an image, with advice for images that ML.NET's own transforms made with another layout.</summary>
internal static class ImageColumn
{
    internal static InputColumn Create(string name, string option, ImageShape image) => new(
        name, option, ExpectedType.Vector(NumberDataViewType.Byte, image.Height, image.Width, image.Channels))
    {
        Advice = (item, dimensions) => Advice(item, dimensions, image),
    };

    private static string? Advice(DataViewType item, IReadOnlyList<int>? dimensions, ImageShape image)
    {
        var isFloat = item.RawType == typeof(float);
        if (dimensions is [var channels, var height, var width] && (channels, height, width) == (image.Channels, image.Height, image.Width))
        {
            return $"The channels come first: set ExtractPixels' interleavePixelColors to true{(isFloat ? " and outputAsFloatArray to false" : "")}.";
        }
        return isFloat
            ? "Bytes from 0 to 255 are expected, scaling is in the graph: set ExtractPixels' outputAsFloatArray to false, or load the column as DataKind.Byte."
            : dimensions is [var size] && size != image.Size ? $"An image of [{image.Height}, {image.Width}, {image.Channels}] has {image.Size} bytes." : null;
    }
}
