using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Parquet;

namespace Dreamer.MLNet.Data.Parquet;

/// <summary>Reads episodes from a Parquet file that holds their rows in order, with one row group in memory at a time.</summary>
internal static class ParquetEpisodes
{
    /// <summary>How the files' names end.</summary>
    internal const string Ending = ".parquet";

    /// <summary>Reads episodes, one at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parts">The parts to read in addition to rewards, flags and actions.</param>
    /// <param name="options">What the file cannot tell.</param>
    /// <exception cref="InvalidEpisodeException">The file is missing or not a file of episodes; the message names it, what was found and what is expected.</exception>
    internal static IEnumerable<Episode> Read(string path, EpisodeParts parts, EpisodeReadOptions options)
    {
        if (!File.Exists(path))
        {
            throw new InvalidEpisodeException($"Episode file '{path}' not found.");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var reader = Guard(path, () => ParquetReader.CreateAsync(stream, leaveStreamOpen: true).GetAwaiter().GetResult());
        var table = Guard(path, () => new ParquetEpisodeTable(path, reader, parts, options));
        var timing = new StepTiming(options.ActionTiming, options.RewardTiming);
        var pending = new List<EpisodeRows>();
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            var rows = Guard(path, () => table.ReadGroup(group));
            foreach (var piece in rows.Split())
            {
                if (pending.Count > 0 && (piece.Begins || piece.Id != pending[0].Id))
                {
                    yield return timing.Apply(EpisodeRows.Join(pending, table));
                    pending.Clear();
                }
                pending.Add(piece);
            }
        }
        if (pending.Count > 0)
        {
            yield return timing.Apply(EpisodeRows.Join(pending, table));
        }
    }

    // The package throws many kinds of exceptions on damaged files.
#pragma warning disable CA1031
    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not InvalidEpisodeException and not OutOfMemoryException)
        {
            throw new InvalidEpisodeException($"'{path}' is not a readable Parquet file: {e.Message}", e);
        }
    }
#pragma warning restore CA1031
}
