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
        Advice = found => Advice(found, image),
    };

    private static string? Advice(DataViewType found, ImageShape image)
    {
        if (found is not VectorDataViewType vector)
        {
            return null;
        }
        if (vector.Dimensions.SequenceEqual([image.Channels, image.Height, image.Width]))
        {
            return "The channels come first: set ExtractPixels' interleavePixelColors to true" +
                (vector.ItemType is NumberDataViewType { RawType: var raw } && raw == typeof(float) ? " and outputAsFloatArray to false." : ".");
        }
        if (vector.ItemType.RawType == typeof(float))
        {
            return "Bytes are expected, scaling is in the graph: set ExtractPixels' outputAsFloatArray to false.";
        }
        return vector.Dimensions is [var size] && size == image.Size
            ? $"The vector has the right size but no layout: declare it, for example with [VectorType({image.Height}, {image.Width}, {image.Channels})]."
            : null;
    }
}
