using Dreamer.Inference;
using Dreamer.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>The recurrent step over 64 episodes: row by row, in the default window, and the graph alone.</summary>
internal static class ObserveRates
{
    private const int Episodes = 64;
    private const int Length = 156;
    private const int RowsOneByOne = 2 * Length;

    internal static void Print(DreamerAgent agent, int rounds)
    {
        var ml = new MLContext(seed: 1);
        var (few, all) = (new LatentRows(agent.Manifest, 2, Length), new LatentRows(agent.Manifest, Episodes, Length));
        var options = new ObserveLatentStateOptions();
        using var single = ml.Transforms.ObserveLatentState(agent, options with { WindowRows = 1 }).Fit(few);
        using var window = ml.Transforms.ObserveLatentState(agent, options).Fit(all);
        var batches = Batches(options.WindowRows);
        var raw = batches.Append(1).Append(Episodes).Distinct().ToDictionary(
            batch => batch, batch => new RawGraph(agent.OpenGraph(GraphNames.RssmObserve), batch, TensorNames.Latent));
        new Race(rounds)
            .Add("ObserveLatentState, window of 1 row", RowsOneByOne, () => Drain(single.Transform(few)))
            .Add("ONNX Runtime by hand, batch 1", RowsOneByOne, () => Run(Enumerable.Repeat(raw[1], RowsOneByOne)))
            .Add($"ObserveLatentState, default window ({options.WindowRows} rows)", Episodes * Length, () => Drain(window.Transform(all)))
            .Add("ONNX Runtime by hand, the window's batches", Episodes * Length, () => Run(batches.Select(batch => raw[batch])))
            .Add($"ONNX Runtime by hand, batch {Episodes}", Episodes * Length, () => Run(Enumerable.Repeat(raw[Episodes], Length)))
            .Print($"{Episodes} episodes of {Length} rows, latent {agent.Manifest.Latent.Size}");
        foreach (var graph in raw.Values)
        {
            graph.Dispose();
        }
        Console.WriteLine($"memory of the default window: {Memory(window, all) / 1e6:F0} MB");
    }

    /// <summary>How many rows each run of the graph has where a window of 128 rows and then the largest are stepped.</summary>
    private static List<int> Batches(int largest)
    {
        var (batches, start) = (new List<int>(), 0);
        for (var window = 128; start < Episodes * Length; window = largest)
        {
            var end = Math.Min(start + window, Episodes * Length);
            var lengths = Enumerable.Range(start, end - start).CountBy(row => row / Length).Select(episode => episode.Value).ToList();
            batches.AddRange(Enumerable.Range(0, lengths.Max()).Select(step => lengths.Count(length => length > step)));
            start = end;
        }
        return batches;
    }

    private static void Run(IEnumerable<RawGraph> graphs)
    {
        foreach (var graph in graphs)
        {
            graph.Run();
        }
    }

    private static long Drain(IDataView view)
    {
        using var cursor = view.GetRowCursor([view.Schema["Latent"]]);
        return Drain(cursor);
    }

    private static long Drain(DataViewRowCursor cursor)
    {
        var getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Latent"]);
        VBuffer<float> value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
        }
        return value.Length;
    }

    private static long Memory(ObserveLatentStateTransformer transformer, IDataView rows)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var view = transformer.Transform(rows);
        using var cursor = view.GetRowCursor([view.Schema["Latent"]]);
        Drain(cursor);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(cursor);
        return after - before;
    }
}
