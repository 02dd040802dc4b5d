using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.TestAgents;

/// <summary>A row of a recording of the small test agent.</summary>
public sealed class LoggedRow
{
    public string EpisodeId { get; set; } = "";

    public long Step { get; set; }

    public bool IsFirst { get; set; }

    public bool IsLast { get; set; }

    public float Reward { get; set; }

    [VectorType(3)]
    public float[] Action { get; set; } = [];

    [VectorType(6, 5, 1)]
    public byte[] Image { get; set; } = [];

    internal static IEnumerable<LoggedRow> Of(Episode episode) => Enumerable.Range(0, episode.RowCount).Select(row => new LoggedRow
    {
        EpisodeId = episode.Id,
        Step = row,
        IsFirst = episode.IsFirst[row],
        IsLast = episode.IsLast[row],
        Reward = episode.Rewards[row],
        Action = episode.Action(row).ToArray(),
        Image = episode.Image(row).ToArray(),
    });
}
