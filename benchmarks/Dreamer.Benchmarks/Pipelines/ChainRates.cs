using Dreamer.Inference;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>The whole chain over recorded frames: by hand, in a pipeline, and in a pipeline read by two cursors.</summary>
internal static class ChainRates
{
    private const int Episodes = 128;
    private const int Length = 40;
    private const int Batch = 64;
    private const ulong Seed = 1;

    private static readonly string[] Columns = ["PredictedAction", "Surprise", "PredictedReward", "PredictedDiscount", "PredictedValue"];

    internal static void Print(DreamerAgent agent, int rounds)
    {
        using var recordings = new RecordedFrames(agent.Manifest, Episodes, Length);
        using var byHand = new HandWrittenScores(agent, Batch, Seed);
        var ml = new MLContext(seed: 1);
        var episodes = ml.Data.LoadFromEpisodes(recordings.Pattern);
        using var model = ml.Transforms.ScoreEpisodes(agent, Seed).Fit(episodes);
        var scored = model.Transform(episodes);
        if (!byHand.Run(recordings.Files).SequenceEqual(ByPipeline(scored)))
        {
            throw new InvalidOperationException("The two ways do not give the same scores: there is nothing to compare.");
        }
        new Race(rounds)
            .Add($"ONNX Runtime by hand, batch {Batch}", Episodes * Length, () => byHand.Run(recordings.Files))
            .Add("ScoreEpisodes, one cursor", Episodes * Length, () => ByPipeline(scored))
            .Add("ScoreEpisodes, two cursors", Episodes * Length, () => ByCursors(scored, 2))
            .Print($"{Episodes} episodes of {Length} rows with images of {agent.Manifest.Image}, latent {agent.Manifest.Latent.Size}, the same scores to the last bit");
    }

    private static List<Score> ByPipeline(IDataView scored)
    {
        using var cursor = scored.GetRowCursor(scored.Schema.Where(column => Columns.Contains(column.Name)));
        return Read(cursor);
    }

    private static void ByCursors(IDataView scored, int count)
    {
        var cursors = scored.GetRowCursorSet(scored.Schema.Where(column => Columns.Contains(column.Name)), count);
        var threads = Array.ConvertAll(cursors, cursor => new Thread(() => Read(cursor)));
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Array.ForEach(cursors, cursor => cursor.Dispose());
    }

    private static List<Score> Read(DataViewRowCursor cursor)
    {
        var action = cursor.GetGetter<uint>(cursor.Schema[Columns[0]]);
        var numbers = Array.ConvertAll(Columns[1..], name => cursor.GetGetter<float>(cursor.Schema[name]));
        var (scores, row) = (new List<Score>(), new float[numbers.Length]);
        while (cursor.MoveNext())
        {
            uint chosen = 0;
            action(ref chosen);
            for (var i = 0; i < row.Length; i++)
            {
                numbers[i](ref row[i]);
            }
            scores.Add(new(chosen, row[0], row[1], row[2], row[3]));
        }
        return scores;
    }
}
