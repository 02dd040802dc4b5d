using System.Diagnostics;
using System.Globalization;
using Dreamer.Inference;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>What scoring takes at most, in fresh processes, over some files and over twenty times as many.</summary>
internal static class ScoringMemory
{
    /// <summary>The argument that makes a process score and say what it took.</summary>
    public const string Argument = "scoring-memory";

    // Twice as many rows as the largest window holds, so that what grows with windows has grown already.
    private const int Files = 128;
    private const int RowsEach = 256;
    private const int Times = 20;

    public static void Print(string folder, int rounds)
    {
        using var agent = DreamerAgent.Load(folder);
        using var some = new RecordedFrames(agent.Manifest, Files, RowsEach);
        using var many = new RecordedFrames(agent.Manifest, Files * Times, RowsEach);
        var found = Enumerable.Range(0, rounds).Select(_ => (Some: Measure(folder, some.Pattern), Many: Measure(folder, many.Pattern))).ToList();
        Console.WriteLine($"| files | rows | peak memory, MB, median of {rounds} |");
        Console.WriteLine("|---|---|---|");
        Console.WriteLine($"| {Files} | {Files * RowsEach} | {Medians.Of(found.Select(f => f.Some)) / 1e6:F0} |");
        Console.WriteLine($"| {Files * Times} | {Files * Times * RowsEach} | {Medians.Of(found.Select(f => f.Many)) / 1e6:F0} |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio of the rounds, median: {Medians.Of(found.Select(f => f.Many / f.Some)):F3}"));
    }

    public static void Score(string folder, string pattern)
    {
        var ml = new MLContext(seed: 1);
        var episodes = ml.Data.LoadFromEpisodes(pattern);
        using var model = ml.Transforms.ScoreEpisodes(folder).Fit(episodes);
        var rows = model.Transform(episodes).GetColumn<float>("PredictedValue").LongCount();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {process.PeakWorkingSet64}"));
    }

    private static double Measure(string folder, string pattern) => FreshProcess.Measure(Argument, folder, pattern)[1];
}
