using System.Reflection;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Composition;

/// <summary>Rows of the recordings in the repository, with labels for trainers.</summary>
public sealed class CatchRow
{
    /// <summary>What a reward is worth a step earlier.</summary>
    internal const float Discount = 0.8f;

    public string EpisodeId { get; set; } = "";

    public long Step { get; set; }

    public bool IsFirst { get; set; }

    [VectorType(3)]
    public float[] Action { get; set; } = [];

    [VectorType(10, 5, 1)]
    public byte[] Image { get; set; } = [];

    /// <summary>The discounted sum of the rewards behind the row.</summary>
    public float RemainingReturn { get; set; }

    /// <summary>1 where the image is not what was seen.</summary>
    public float Corrupted { get; set; }

    internal static string Repository { get; } = typeof(CatchRow).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository").Value!;

    internal static DreamerAgent LoadAgent() => DreamerAgent.Load(Path.Combine(Repository, "onnx", "catch"));

    /// <summary>All rows, in order.</summary>
    internal static List<CatchRow> Read() =>
        [.. Directory.GetFiles(Path.Combine(Repository, "samples", "recordings"), "*.npz").Order(StringComparer.Ordinal).Select(EpisodeFile.Read).SelectMany(Of)];

    private static IEnumerable<CatchRow> Of(Episode episode)
    {
        var remaining = new float[episode.RowCount];
        for (var row = episode.RowCount - 2; row >= 0; row--)
        {
            remaining[row] = episode.Rewards[row + 1] + (Discount * remaining[row + 1]);
        }
        return Enumerable.Range(0, episode.RowCount).Select(row => new CatchRow
        {
            EpisodeId = episode.Id,
            Step = row,
            IsFirst = episode.IsFirst[row],
            Action = episode.Action(row).ToArray(),
            Image = episode.Image(row).ToArray(),
            RemainingReturn = remaining[row],
        });
    }
}
