using Dreamer.Inference.IO;
using Microsoft.ML;

namespace Dreamer.Cli.Scoring;

/// <summary>Writes scores in the format of the file's extension.</summary>
internal static class ScoreFile
{
    /// <summary>The extension of ML.NET's binary format.</summary>
    internal const string Binary = ".idv";

    private const string Parquet = ".parquet";
    private const string Numpy = ".npz";
    private const string Text = ".csv";

    /// <summary>Rejects an unknown format before anything is scored.</summary>
    /// <exception cref="ArgumentException">The file's extension is unknown.</exception>
    internal static void RequireFormat(string path)
    {
        if (Path.GetExtension(path) is not (Parquet or Numpy or Text or Binary))
        {
            throw new ArgumentException(
                $"The extension of '{path}' is not a known format; allowed: {Parquet}, {Numpy}, {Text}, {Binary}.", nameof(path));
        }
    }

    /// <summary>Writes scores in the format of the file's extension.</summary>
    /// <remarks>Equal scores give equal files, except in ML.NET's binary format: its blocks are in the order in which threads finish compressing them.</remarks>
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
                CsvScores.Write(scores, path);
                break;
            default:
                AtomicFile.Write(path, stream => ml.Data.SaveAsBinary(scores, stream));
                break;
        }
    }
}
