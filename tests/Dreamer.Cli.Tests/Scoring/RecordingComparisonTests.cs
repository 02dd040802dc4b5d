using Dreamer.Cli.Scoring;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Xunit;

namespace Dreamer.Cli.Tests.Scoring;

/// <summary>The check of the demo can fail: each thing that it compares is changed in turn.</summary>
public class RecordingComparisonTests
{
    private static readonly Episode Recording = Record();

    [Fact]
    public void What_the_session_saw_is_exact()
    {
        var comparison = RecordingComparison.Compare(Rows(), [Recording]);
        Assert.True(comparison.IsExact);
        Assert.Equal((3, 2, 2), (comparison.Rows, comparison.Decisions, comparison.AgreeingActions));
    }

    [Fact]
    public void Another_action_value_or_surprise_is_not()
    {
        Assert.False(Compare(rows => rows[0].PredictedAction = 1).IsExact);
        Assert.True(Compare(rows => rows[2].PredictedAction = 1).IsExact); // nothing was recorded after the last row
        Assert.Equal(0.5, Compare(rows => rows[2].PredictedValue += 0.5f).ValueDifference, 3);
        Assert.False(Compare(rows => rows[1].Surprise = MathF.BitIncrement(rows[1].Surprise)).IsExact);
        Assert.False(Compare(rows => rows[1].Surprise = float.NaN).IsExact);
    }

    [Fact]
    public void Missing_and_foreign_rows_are_an_error()
    {
        Assert.Throws<InvalidDataException>(() => RecordingComparison.Compare(Rows().Skip(1), [Recording]));
        Assert.Throws<InvalidDataException>(() => Compare(rows => rows[0].EpisodeId = "other"));
    }

    private static RecordingComparison Compare(Action<ScoredRow[]> change)
    {
        var rows = Rows();
        change(rows);
        return RecordingComparison.Compare(rows, [Recording]);
    }

    private static ScoredRow[] Rows() =>
    [
        new() { EpisodeId = "a", Step = 0, PredictedAction = 2, PredictedValue = 0.25f, Surprise = 1 },
        new() { EpisodeId = "a", Step = 1, PredictedAction = 2, PredictedValue = 1.25f, Surprise = 2 },
        new() { EpisodeId = "a", Step = 2, PredictedAction = 2, PredictedValue = 2.25f, Surprise = 3 },
    ];

    private static Episode Record()
    {
        var recorder = new EpisodeRecorder(null, 1, 2);
        for (var row = 0; row < 3; row++)
        {
            if (row == 0)
            {
                recorder.First(new AgentObservation([], [0f]));
            }
            else
            {
                recorder.Add(new AgentObservation([], [0f]), [0, 1], 0, isLast: row == 2, isTerminal: false);
            }
            recorder.Log("value", row + 0.25f);
            recorder.Log("surprise", row + 1);
        }
        return recorder.Finish("a");
    }
}
