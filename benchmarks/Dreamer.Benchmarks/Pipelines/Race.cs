using System.Diagnostics;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>Ways of doing the same rows, taken in turn so that whatever else the machine does falls on all of them; medians are compared.</summary>
internal sealed class Race(int rounds)
{
    private readonly List<(string Name, int Rows, Action Run, List<double> Microseconds)> _ways = [];

    /// <summary>Adds a way.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="rows">Rows that a run does.</param>
    /// <param name="run">A run.</param>
    internal Race Add(string name, int rows, Action run)
    {
        _ways.Add((name, rows, run, []));
        return this;
    }

    /// <summary>Runs all, and prints what a row takes and how many times the first way's rows a second each does.</summary>
    internal void Print(string title)
    {
        for (var round = -1; round < rounds; round++)
        {
            foreach (var way in _ways)
            {
                var start = Stopwatch.GetTimestamp();
                way.Run();
                if (round >= 0)
                {
                    way.Microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / way.Rows);
                }
            }
        }

        Console.WriteLine($"{title}, medians of {rounds}");
        Console.WriteLine();
        Console.WriteLine("| | us a row | rows/s | of the first |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, _, _, microseconds) in _ways)
        {
            var (median, first) = (Medians.Of(microseconds), _ways[0].Microseconds);
            // Within a round the machine is most alike: the ratio's median is that of rounds.
            var ratio = Medians.Of(microseconds.Select((us, round) => first[round] / us));
            Console.WriteLine($"| {name} | {median:F1} | {1e6 / median:F0} | {ratio:F2} |");
        }
        Console.WriteLine();
    }
}
