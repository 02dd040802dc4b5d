using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Tests.Replay;

/// <summary>Episodes whose every value says which episode and row it comes from.</summary>
internal static class Recordings
{
    public static readonly ObservationSpace Space = new(new ImageShape(1, 2, 1), 1);

    public const int ActionSize = 2;

    /// <summary>Row t of episode n shows the bytes n and t, the vector 100 n + t, and rewards 100 n + t.</summary>
    public static Episode Episode(int number, int rows, bool terminal = true) => new()
    {
        Id = $"train{number:D8}",
        ImageShape = new(1, 2, 1),
        Images = [.. Enumerable.Range(0, rows).SelectMany(t => new[] { (byte)number, (byte)t })],
        VectorSize = 1,
        Vectors = [.. Enumerable.Range(0, rows).Select(t => 100f * number + t)],
        ActionSize = ActionSize,
        Actions = [.. Enumerable.Range(0, rows).SelectMany(t => t == 0 ? new[] { 0f, 0f } : [t % 2, 1 - t % 2])],
        Rewards = [.. Enumerable.Range(0, rows).Select(t => 100f * number + t)],
        IsFirst = [.. Enumerable.Range(0, rows).Select(t => t == 0)],
        IsLast = [.. Enumerable.Range(0, rows).Select(t => t == rows - 1)],
        IsTerminal = [.. Enumerable.Range(0, rows).Select(t => terminal && t == rows - 1)],
    };
}
