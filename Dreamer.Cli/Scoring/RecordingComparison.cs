using Dreamer.Inference.Episodes;
using Dreamer.Training.Evaluation;

namespace Dreamer.Cli.Scoring;

/// <summary>Compares a pipeline's scores of recorded episodes with the live session's.</summary>
/// <param name="Rows">The number of rows compared.</param>
/// <param name="Decisions">The rows with a recorded next action: all but the last of each episode.</param>
/// <param name="AgreeingActions">The decisions that match the recorded action.</param>
/// <param name="ValueDifference">The largest absolute difference of the value.</param>
/// <param name="SurpriseDifference">The largest absolute difference of the surprise, in nats.</param>
internal sealed record RecordingComparison(int Rows, int Decisions, int AgreeingActions, double ValueDifference, double SurpriseDifference)
{
    /// <summary>Whether all scores are equal.</summary>
    internal bool IsExact => Rows > 0 && AgreeingActions == Decisions && ValueDifference == 0 && SurpriseDifference == 0;

    /// <summary>Compares scored rows with their recordings.</summary>
    /// <exception cref="InvalidDataException">A row belongs to no recording, or a recording lacks rows.</exception>
    internal static RecordingComparison Compare(IEnumerable<ScoredRow> scored, IEnumerable<Episode> recordings)
    {
        var episodes = recordings.ToDictionary(episode => episode.Id);
        var (rows, decisions, agreeing, value, surprise) = (0, 0, 0, 0.0, 0.0);
        foreach (var row in scored)
        {
            var episode = episodes.GetValueOrDefault(row.EpisodeId) ?? throw new InvalidDataException($"A scored row belongs to episode '{row.EpisodeId}', which is not in the recordings.");
            var at = checked((int)row.Step);
            value = Largest(value, row.PredictedValue, episode.Logs[AgentPlayer.ValueLog][at]);
            surprise = Largest(surprise, row.Surprise, episode.Logs[AgentPlayer.SurpriseLog][at]);
            rows++;
            if (at + 1 < episode.RowCount)
            {
                // The action chosen at a row is the one that led to the next.
                decisions++;
                agreeing += (int)row.PredictedAction - 1 == episode.Action(at + 1).IndexOf(1f) ? 1 : 0;
            }
        }

        var expected = episodes.Values.Sum(episode => episode.RowCount);
        return rows == expected
            ? new RecordingComparison(rows, decisions, agreeing, value, surprise)
            : throw new InvalidDataException($"{rows} rows were scored, but {expected} are recorded.");
    }

    // Math.Max propagates NaN.
    private static double Largest(double largest, float scored, float recorded) => Math.Max(largest, Math.Abs((double)scored - recorded));
}
