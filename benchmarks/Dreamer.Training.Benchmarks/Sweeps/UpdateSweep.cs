using System.Globalization;
using System.Text;
using Dreamer.Inference;
using Dreamer.Inference.IO;
using Dreamer.Training.Environments;
using TorchSharp;

namespace Dreamer.Training.Benchmarks.Sweeps;

/// <summary>What an update costs against batch, length, horizon, deter and classes, as a table and a picture.</summary>
internal static class UpdateSweep
{
    private const int Rounds = 2;

    /// <summary>Measures and writes <c>update-cost.md</c> and <c>update-cost.svg</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="settings">How many updates of each size, in each of two rounds, on how many threads.</param>
    public static void Write(string folder, BenchmarkSettings settings)
    {
        torch.set_num_threads(settings.Threads);
        var times = new Dictionary<(SweptSize Size, int Value), List<double>>();
        // Twice over all, so that a busy moment of the machine does not spoil a size.
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (size, value) in SweptSize.All.SelectMany(size => size.Values.Select(value => (size, value))))
            {
                if (!times.TryGetValue((size, value), out var found))
                {
                    times[(size, value)] = found = [];
                }
                found.AddRange(Measure(size, value, settings));
                Console.WriteLine($"{size.Name} {value}: at least {found.Min():F1} ms");
            }
        }
        SweptCost[] costs =
        [
            .. times.Select(t => new SweptCost(t.Key.Size, t.Key.Value, t.Value.Min(), t.Value.Order().ElementAt(t.Value.Count / 2))),
        ];
        AtomicFile.WriteAllText(Path.Combine(folder, "update-cost.md"), Table(costs));
        AtomicFile.WriteAllText(Path.Combine(folder, "update-cost.svg"), SweepPlot.Draw(costs));
    }

    private static IEnumerable<double> Measure(SweptSize size, int value, BenchmarkSettings settings)
    {
        var configuration = new BenchmarkConfiguration(
            size.Name, size.Set(SweptSize.Start, value), new(new ImageShape(10, 10, 4)), ActionSpace.Discrete(6));
        using var run = new SyntheticRun(settings.Half ? configuration.WithHalfPrecision() : configuration);
        return [.. run.Updates(settings.Updates).Select(update => update.Total.Of(settings.Threads))];
    }

    private static string Table(IReadOnlyList<SweptCost> costs)
    {
        var text = new StringBuilder()
            .AppendLine("| size | value | ms, least | ms, median | against the value before | linear would be |")
            .AppendLine("|---|---|---|---|---|---|");
        SweptCost? before = null;
        foreach (var cost in costs)
        {
            var steps = before?.Size == cost.Size ? $"{cost.Least / before.Least:F2}x | {(double)cost.Value / before.Value:F2}x" : "|";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {cost.Size.Name} | {cost.Value} | {cost.Least:F1} | {cost.Median:F1} | {steps} |");
            before = cost;
        }
        return text.ToString();
    }
}
