using System.Globalization;

namespace Dreamer.Training.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Names">The configurations, by name.</param>
/// <param name="Updates">How many updates of each are measured, after some that warm up.</param>
/// <param name="Threads">How many threads torch uses.</param>
/// <param name="Floor">Whether the floor is measured as well.</param>
/// <param name="Each">Whether the time of each update is printed.</param>
/// <param name="Half">Whether behavior is learnt with products of bfloat16.</param>
/// <param name="Act">Whether steps of live episodes are measured in place of updates.</param>
/// <param name="Sweep">The folder that the cost of an update against its sizes is written to, in place of measuring configurations; or null.</param>
internal sealed record BenchmarkSettings(
    IReadOnlyList<string> Names, int Updates, int Threads, bool Floor, bool Each, bool Half, bool Act, string? Sweep)
{
    /// <summary>Reads the command line: names, and <c>--updates N</c>, <c>--threads N</c>, <c>--no-floor</c>, <c>--each</c>, <c>--half</c>, <c>--act</c>, <c>--sweep FOLDER</c>.</summary>
    /// <exception cref="ArgumentException">A word is neither.</exception>
    public static BenchmarkSettings Parse(IReadOnlyList<string> words, IReadOnlyList<string> known)
    {
        var settings = new BenchmarkSettings([], Updates: 10, Threads: 1, Floor: true, Each: false, Half: false, Act: false, Sweep: null);
        for (var i = 0; i < words.Count; i++)
        {
            settings = words[i] switch
            {
                "--updates" => settings with { Updates = Number(words, ++i) },
                "--threads" => settings with { Threads = Number(words, ++i) },
                "--each" => settings with { Each = true },
                "--act" => settings with { Act = true },
                "--half" => settings with { Half = true },
                "--sweep" when i + 1 < words.Count => settings with { Sweep = words[++i] },
                "--no-floor" => settings with { Floor = false },
                var name when known.Contains(name) => settings with { Names = [.. settings.Names, name] },
                var word => throw new ArgumentException(
                    $"'{word}' is no configuration and no option; there are {string.Join(", ", known)}, --updates N, --threads N, --no-floor, --each, --half, --act and --sweep FOLDER.",
                    nameof(words)),
            };
        }
        return settings.Names.Count > 0 ? settings : settings with { Names = known };
    }

    private static int Number(IReadOnlyList<string> words, int index) =>
        index < words.Count && int.TryParse(words[index], CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{words[index - 1]} needs a number above 0.", nameof(words));
}
