using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Data.Parquet;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>Saves rows as episodes.</summary>
internal static class EpisodeSaver
{
    internal static void Save(IDataView data, string path, SaveEpisodesOptions options, Action<string> noted)
    {
        var rows = new RecordedRows(data.Schema, options, noted);
        if (EpisodeFiles.IsParquet(path))
        {
            var episodes = new EpisodesView([new EpisodeSource("the data", _ => rows.Read(data))], new LoadEpisodesOptions { Noted = static _ => { } });
            ParquetView.Write(episodes, episodes.Schema, path);
            return;
        }
        foreach (var episode in rows.Read(data))
        {
            EpisodeFile.Save(path, episode, options.Recorded);
        }
    }
}
