using System.Globalization;

namespace Dreamer.Benchmarks.Loading;

/// <summary>An agent folder to its first action, against its bytes read and bare ONNX Runtime sessions made of them: time and memory of fresh processes.</summary>
internal static class LoadingRace
{
    /// <summary>The first argument of the processes that are compared.</summary>
    public const string Argument = "loading-way";

    private static readonly (string Way, string Bare, string Text)[] Ways =
    [
        (LoadingWay.Bare, LoadingWay.Bare, "files read, sessions of the 5 graphs that act"),
        (LoadingWay.Agent, LoadingWay.Bare, "agent loaded, first action"),
        (LoadingWay.BareAll, LoadingWay.BareAll, "files read, sessions of all graphs"),
        (LoadingWay.AgentAll, LoadingWay.BareAll, "agent loaded, all graphs opened, first action"),
    ];

    public static void Print(string folder, int rounds)
    {
        var bytes = LoadingWay.Files(folder).Sum(path => new FileInfo(path).Length);
        // The first round brings the files into the system's cache, and does not count. (Skip after Select would not even run it.)
        Round(folder);
        var results = Enumerable.Range(0, rounds).Select(_ => Round(folder)).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB of float32 graphs, {rounds} rounds of fresh processes"));
        Console.WriteLine("| | ms | of bare | peak memory, MB | of the graphs' bytes |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (way, bare, text) in Ways)
        {
            var peak = Medians.Of(results.Select(round => round[way].Bytes));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {text} | {Medians.Of(results.Select(round => round[way].Milliseconds)):F0} | " +
                $"{Medians.Of(results.Select(round => round[way].Milliseconds / round[bare].Milliseconds)):F2} | {peak / 1e6:F0} | {peak / bytes:F2} |"));
        }
    }

    private static Dictionary<string, (double Milliseconds, double Bytes)> Round(string folder) =>
        Ways.ToDictionary(way => way.Way, way => Measure(way.Way, folder));

    private static (double Milliseconds, double Bytes) Measure(string way, string folder) =>
        FreshProcess.Measure(Argument, way, folder) is [var milliseconds, var bytes]
            ? (milliseconds, bytes) : throw new InvalidOperationException($"The process of '{way}' measured something else.");
}
