using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Xunit;

namespace Dreamer.Training.Tests.Replay;

public class ReplayBufferTests
{
    [Fact]
    public void Rows_stay_whole_and_in_order()
    {
        var buffer = Buffer(new() { BatchSize = 4, SequenceLength = 6 }, (1, 20), (2, 30));
        var batch = buffer.CreateBatch();
        buffer.Sample(batch, new SeededRandom(1));
        for (var b = 0; b < batch.Size; b++)
        {
            for (var t = 0; t < batch.Length; t++)
            {
                var row = t * batch.Size + b;
                var (episode, at) = (batch.Images[row * 2], batch.Images[row * 2 + 1]);
                Assert.Equal(batch.Images[b * 2], episode);
                Assert.Equal(batch.Images[b * 2 + 1] + t, at);
                Assert.Equal(100 * episode + at, batch.Vectors[row]);
                Assert.Equal(100 * episode + at, batch.Rewards[row]);
                Assert.Equal(at == 0 ? 0 : at % 2, batch.Actions[row * 2]);
                Assert.Equal(t == 0 ? 1 : 0, batch.IsFirst[row]);
                Assert.Equal(at == (episode == 1 ? 19 : 29) ? 1 : 0, batch.IsTerminal[row]);
            }
        }
    }

    [Fact]
    public void A_first_row_inside_a_recording_stays_one()
    {
        var episode = Recordings.Episode(1, 12);
        episode.IsFirst[5] = true;
        var buffer = new ReplayBuffer(Recordings.Space, Recordings.ActionSize, new() { BatchSize = 1, SequenceLength = 12 });
        buffer.Add(episode);
        var batch = buffer.CreateBatch();
        buffer.Sample(batch, new SeededRandom(1));
        Assert.Equal([0, 5], Enumerable.Range(0, 12).Where(row => batch.IsFirst[row] == 1));
    }

    [Fact]
    public void Images_of_another_shape_and_the_same_size_are_refused()
    {
        var buffer = new ReplayBuffer(new(new(2, 1, 1), 1), Recordings.ActionSize, new() { SequenceLength = 12 });
        var error = Assert.Throws<ArgumentException>(() => buffer.Add(Recordings.Episode(1, 12)));
        Assert.Contains("images of [1, 2, 1]; [2, 1, 1] are expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_episodes_are_joined_and_each_starts_anew()
    {
        var buffer = Buffer(new() { BatchSize = 8, SequenceLength = 10 }, (1, 4), (2, 3));
        var batch = buffer.CreateBatch();
        buffer.Sample(batch, new SeededRandom(1));
        for (var b = 0; b < batch.Size; b++)
        {
            for (var t = 1; t < batch.Length; t++)
            {
                var (row, before) = (t * batch.Size + b, (t - 1) * batch.Size + b);
                var goesOn = batch.Images[row * 2] == batch.Images[before * 2] && batch.Images[row * 2 + 1] == batch.Images[before * 2 + 1] + 1;
                Assert.Equal(goesOn ? 0 : 1, batch.IsFirst[row]);
            }
            Assert.Equal(1, batch.IsFirst[b]);
        }
        Assert.True(batch.IsFirst.Count(x => x == 1) >= batch.Size * 3, "a sequence of 10 holds at least three parts of at most 4 rows");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Starts_are_spread_as_stated(bool prioritizeEnds)
    {
        const int Rows = 10, Length = 4, Draws = 20_000;
        var buffer = Buffer(new() { BatchSize = 1, SequenceLength = Length, PrioritizeEnds = prioritizeEnds }, (1, Rows));
        var (batch, random, counts) = (buffer.CreateBatch(), new SeededRandom(3), new int[Rows - Length + 1]);
        for (var i = 0; i < Draws; i++)
        {
            buffer.Sample(batch, random);
            counts[batch.Images[1]]++;
        }
        // Seven starts alike; with priority four more draws fall on the last.
        var places = counts.Length + (prioritizeEnds ? Length : 0);
        var last = (prioritizeEnds ? Length + 1.0 : 1.0) / places;
        Assert.All(counts[..^1], count => Assert.Equal(1.0 / places, count / (double)Draws, 0.01));
        Assert.Equal(last, counts[^1] / (double)Draws, 0.01);
    }

    [Theory]
    [InlineData(12, 8, 3, 8, true)]
    [InlineData(12, 8, 3, 8, false)]
    [InlineData(12, 8, 2, 5, true)]
    [InlineData(6, 8, 4, 8, true)]
    [InlineData(12, 8, 8, 8, true)]
    public void Parts_are_drawn_as_the_reference_draws_them(int rows, int room, int minLength, int maxLength, bool prioritizeEnds)
    {
        // danijar/dreamerv2, replay.py: L = min(rows, maxlen); L -= randint(minlen); L = max(minlen, L);
        // upper = rows - L + 1 (+ minlen with priority); start = min(randint(upper), rows - L). All outcomes, with their chances:
        var expected = new Dictionary<(int Start, int Length), double>();
        for (var less = 0; less < minLength; less++)
        {
            var length = Math.Max(minLength, Math.Min(rows, maxLength) - less);
            var upper = rows - length + 1 + (prioritizeEnds ? minLength : 0);
            for (var draw = 0; draw < upper; draw++)
            {
                var part = (Math.Min(draw, rows - length), length);
                expected[part] = expected.GetValueOrDefault(part) + 1.0 / (minLength * upper);
            }
        }
        const int Draws = 40_000;
        var options = new ReplayOptions
        {
            BatchSize = 1, SequenceLength = room, MinLength = minLength, MaxLength = maxLength, PrioritizeEnds = prioritizeEnds,
        };
        var buffer = Buffer(options, (1, rows));
        var (batch, random) = (buffer.CreateBatch(), new SeededRandom(11));
        var found = new Dictionary<(int Start, int Length), int>();
        for (var i = 0; i < Draws; i++)
        {
            buffer.Sample(batch, random);
            // The first part ends where the next one starts, or with the sequence.
            var length = Array.IndexOf(batch.IsFirst, 1f, 1) is > 0 and var next ? next : room;
            var part = ((int)batch.Images[1], length);
            found[part] = found.GetValueOrDefault(part) + 1;
        }
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        Assert.All(expected, outcome => Assert.Equal(outcome.Value, found[outcome.Key] / (double)Draws, 0.01));
    }

    [Fact]
    public void An_episode_shorter_than_the_least_length_is_a_part_as_a_whole()
    {
        var buffer = Buffer(new() { BatchSize = 1, SequenceLength = 9, MinLength = 5 }, (1, 3));
        var batch = buffer.CreateBatch();
        buffer.Sample(batch, new SeededRandom(1));
        Assert.Equal([1, 0, 0, 1, 0, 0, 1, 0, 0], batch.IsFirst);
    }

    [Fact]
    public void Running_episodes_are_sampled_beside_the_others_while_they_run()
    {
        var buffer = Buffer(new() { BatchSize = 64, SequenceLength = 4 }, (1, 10));
        var batch = buffer.CreateBatch();
        buffer.SetOngoing([Recordings.Episode(2, 5), Recordings.Episode(3, 1)]);
        buffer.Sample(batch, new SeededRandom(1));
        Assert.Equal([1, 2], Enumerable.Range(0, batch.Length * batch.Size).Select(row => (int)batch.Images[row * 2]).Distinct().Order());
        buffer.SetOngoing([]);
        buffer.Sample(batch, new SeededRandom(1));
        Assert.All(Enumerable.Range(0, batch.Length * batch.Size), row => Assert.Equal(1, batch.Images[row * 2]));
        Assert.Equal(1, buffer.EpisodeCount);
    }

    [Fact]
    public void The_oldest_go_when_there_are_too_many_bytes()
    {
        // A row is 2 bytes of an image, 1 + 2 + 1 numbers and 3 flags: 21 bytes.
        var buffer = Buffer(new() { CapacityBytes = 21 * 25, SequenceLength = 5 }, (1, 11), (2, 11), (3, 11));
        Assert.Equal(["train00000002", "train00000003"], buffer.Episodes.Select(e => e.Id));
        Assert.Equal(21 * 22, buffer.Bytes);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused_with_its_row()
    {
        var episode = Recordings.Episode(1, 5);
        episode.Vectors[3] = float.NaN;
        var error = Assert.Throws<ArgumentException>(() => Buffer(new()).Add(episode));
        Assert.Contains("'train00000001' has a non-finite vector in row 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_gives_the_same_batch()
    {
        var buffer = Buffer(new() { BatchSize = 4, SequenceLength = 5 }, (1, 20), (2, 30), (3, 6));
        var (one, two) = (buffer.CreateBatch(), buffer.CreateBatch());
        buffer.Sample(one, new SeededRandom(9));
        buffer.Sample(two, new SeededRandom(9));
        Assert.Equal(one.Images, two.Images);
        buffer.Sample(two, new SeededRandom(10));
        Assert.NotEqual(one.Images, two.Images);
    }

    [Fact]
    public void The_oldest_go_when_there_are_too_many_steps()
    {
        var buffer = Buffer(new() { Capacity = 25, SequenceLength = 5 }, (1, 11), (2, 11), (3, 11), (4, 11));
        Assert.Equal(["train00000003", "train00000004"], buffer.Episodes.Select(e => e.Id));
        Assert.Equal(20, buffer.Steps);
        Assert.Equal(2, buffer.EpisodeCount);
    }

    [Fact]
    public void One_episode_stays_even_if_it_is_too_long()
    {
        var buffer = Buffer(new() { Capacity = 5, SequenceLength = 5 }, (1, 11));
        Assert.Equal(1, buffer.EpisodeCount);
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        var buffer = Buffer(new());
        Assert.Throws<ArgumentException>(() => buffer.Add(Recordings.Episode(1, 1)));
        var other = new ReplayBuffer(new(image: null, vectorSize: 1), Recordings.ActionSize, new());
        var error = Assert.Throws<ArgumentException>(() => other.Add(Recordings.Episode(7, 3)));
        Assert.Contains("'train00000007' has images of [1, 2, 1]; none are expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cannot_be_sampled_empty() =>
        Assert.Throws<InvalidOperationException>(() => Buffer(new()).Sample(Buffer(new()).CreateBatch(), new SeededRandom(0)));

    private static ReplayBuffer Buffer(ReplayOptions options, params (int Number, int Rows)[] episodes)
    {
        var buffer = new ReplayBuffer(Recordings.Space, Recordings.ActionSize, options);
        foreach (var (number, rows) in episodes)
        {
            buffer.Add(Recordings.Episode(number, rows));
        }
        return buffer;
    }
}
