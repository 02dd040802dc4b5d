using Dreamer.Inference.Episodes;
using Xunit;

namespace Dreamer.Inference.Tests.Episodes;

public class EpisodeRecorderTests
{
    private static readonly float[] Vector = [1, 2];

    [Fact]
    public void First_row_is_a_reset_without_action_and_reward()
    {
        var recorder = new EpisodeRecorder(null, 2, 3);
        recorder.First(Vector);
        recorder.Add(Vector, [0, 1, 0], 2, isLast: false, isTerminal: false);
        var episode = recorder.Finish("a");
        Assert.Equal([true, false], episode.IsFirst);
        Assert.Equal([0, 0, 0, 0, 1, 0], episode.Actions);
        Assert.Equal([0, 2], episode.Rewards);
        Assert.Equal(0, recorder.RowCount);
    }

    [Fact]
    public void Rows_out_of_order_are_refused()
    {
        var recorder = new EpisodeRecorder(null, 2, 3);
        Assert.Throws<InvalidOperationException>(() => recorder.Finish("a"));
        Assert.Throws<InvalidOperationException>(() => recorder.Add(Vector, [0, 1, 0], 2, isLast: false, isTerminal: false));
        recorder.First(Vector);
        Assert.Throws<InvalidOperationException>(() => recorder.First(Vector));
        recorder.Add(Vector, [0, 1, 0], 2, isLast: true, isTerminal: false);
        Assert.Throws<InvalidOperationException>(() => recorder.Add(Vector, [0, 1, 0], 2, isLast: false, isTerminal: false));
    }

    [Fact]
    public void A_name_is_noted_of_every_row_or_of_none()
    {
        var recorder = new EpisodeRecorder(null, 2, 3);
        recorder.First(Vector);
        recorder.Log("value", 1);
        Assert.Throws<InvalidOperationException>(() => recorder.Log("value", 1));
        recorder.Add(Vector, [0, 1, 0], 2, isLast: true, isTerminal: false);
        Assert.Throws<InvalidOperationException>(() => recorder.Log("surprise", 1));
        Assert.Contains("1 of 2 rows", Assert.Throws<InvalidOperationException>(() => recorder.Finish("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_shape_is_refused_with_both_sizes()
    {
        var recorder = new EpisodeRecorder(new ImageShape(2, 2, 1), 0, 3);
        Assert.Contains("'image' has 3 values; 4", Assert.Throws<ArgumentException>(() => recorder.First(new byte[3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_leaves_the_episode_running_and_another_recorder_goes_on_from_it()
    {
        var first = new EpisodeRecorder(null, 1, 2);
        first.First(new AgentObservation([], [1f]));
        first.Add(new AgentObservation([], [2f]), [0, 1], 0.5f, isLast: false, isTerminal: false);
        var snapshot = first.Snapshot("running");
        var second = new EpisodeRecorder(null, 1, 2);
        second.Resume(snapshot);
        foreach (var recorder in (EpisodeRecorder[])[first, second])
        {
            recorder.Add(new AgentObservation([], [3f]), [1, 0], 1, isLast: true, isTerminal: false);
            var episode = recorder.Finish("whole");
            Assert.Equal([1f, 2f, 3f], episode.Vectors);
            Assert.Equal([0f, 0, 0, 1, 1, 0], episode.Actions);
            Assert.Equal([0f, 0.5f, 1], episode.Rewards);
            Assert.Equal([false, false, true], episode.IsLast);
        }
        Assert.Equal([1f, 2f], snapshot.Vectors);
        Assert.Equal([true, false], snapshot.IsFirst);
    }
}
