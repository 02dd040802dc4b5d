using Dreamer.Inference.IO;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Cli.Scoring;

/// <summary>The files that scores are written to.</summary>
internal static class ScoreFile
{
    /// <summary>The ending of ML.NET's binary format.</summary>
    internal const string Binary = ".idv";

    private const string Parquet = ".parquet";
    private const string Numpy = ".npz";
    private const string Text = ".csv";

    /// <summary>Refuses a file that scores cannot be written to, before anything is scored.</summary>
    /// <exception cref="ArgumentException">The file's ending is none of those known.</exception>
    internal static void RequireFormat(string path)
    {
        if (Path.GetExtension(path) is not (Parquet or Numpy or Text or Binary))
        {
            throw new ArgumentException(
                $"'{path}' does not say how to write scores: its ending may be {Parquet}, {Numpy}, {Text} or {Binary}.", nameof(path));
        }
    }

    /// <summary>Writes scores, in the format that the file's ending says.</summary>
    /// <remarks>Equal scores give equal files, but for ML.NET's binary ones, whose blocks stand in the order in which threads compressed them.</remarks>
    internal static void Write(MLContext ml, IDataView scores, string path)
    {
        switch (Path.GetExtension(path))
        {
            case Parquet:
                ml.Data.SaveAsParquet(scores, path);
                break;
            case Numpy:
                ml.Data.SaveAsNpz(scores, path);
                break;
            case Text:
                var named = WithNames(ml, scores);
                AtomicFile.Write(path, stream => ml.Data.SaveAsText(named, stream, separatorChar: ',', headerRow: true, schema: false));
                break;
            default:
                AtomicFile.Write(path, stream => ml.Data.SaveAsBinary(scores, stream));
                break;
        }
    }

    // As text, keys would be numbers, from 0.
    private static IDataView WithNames(MLContext ml, IDataView scores)
    {
        var order = scores.Schema.Select(column => column.Name).ToArray();
        var keys = scores.Schema.Where(column => column.Type is KeyDataViewType).Select(column => new InputOutputColumnPair(column.Name)).ToArray();
        return keys.Length == 0 ? scores
            : ml.Transforms.Conversion.MapKeyToValue(keys).Append(ml.Transforms.SelectColumns(order)).Fit(scores).Transform(scores);
    }
}
