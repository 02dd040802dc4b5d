using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Observing;

public sealed class ObserveLatentStateTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(4096)]
    public void Recorded_episodes_give_what_the_live_session_saw_whatever_the_window(int window)
    {
        var recording = Recording.Usual(seed: 3);

        var view = Observe(Load(recording), new() { Seed = 3, WindowRows = window, SurpriseColumnName = "Surprise" });

        Assert.Equal(recording.Live.Select(row => row.Latent), view.Vectors("Latent"));
        Assert.Equal(recording.Live.Select(row => row.Surprise), view.Singles("Surprise"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void Parallel_cursors_split_no_episode_and_keep_the_order(int cursors)
    {
        var recording = Recording.Usual(seed: 3);

        var view = Observe(Load(recording), new() { Seed = 3 });
        var latents = view.InParallel("Latent", cursors, (VBuffer<float> value) => value.DenseValues().ToArray());

        Assert.Equal(recording.Live.Select(row => row.Latent), latents);
    }

    [Theory]
    [InlineData(1, 25)]
    [InlineData(200, 60)]
    public void Large_columns_that_pass_through_make_windows_small(int megabytes, int rowsRead)
    {
        var recording = Recording.Play(new AgentSessionOptions { Seed = 3 }, 60);
        var embedded = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.Concatenate("Large", [.. Enumerable.Repeat("Action", 3333)]))
            .Fit(Load(recording)).Transform(Load(recording));
        var counting = new CountingView(embedded);
        var view = _ml.Transforms.ObserveLatentState(_agent, new() { Seed = 3, WindowMegabytes = megabytes }).Fit(counting).Transform(counting);

        using (var cursor = view.GetRowCursor([view.Schema["Latent"], view.Schema["Large"]]))
        {
            Assert.True(cursor.MoveNext());
            Assert.InRange(counting.Values["Large"], rowsRead - 1, rowsRead);
        }
        Assert.Equal(recording.Live.Select(row => row.Latent), view.Vectors("Latent"));
    }

    [Fact]
    public void Stock_row_mappers_behind_see_the_rows_in_order()
    {
        var recording = Recording.Usual(seed: 3);
        var view = Observe(Load(recording), new() { Seed = 3 });

        var copied = _ml.Transforms.NormalizeMinMax("Scaled", "Reward").Append(_ml.Transforms.CopyColumns("Copy", "Latent")).Fit(view).Transform(view);

        Assert.Equal(recording.Live.Select(row => row.Latent), copied.Vectors("Copy"));
    }

    [Fact]
    public void A_second_state_beside_the_first_is_right_under_parallel_cursors()
    {
        var recording = Recording.Usual(seed: 3);
        var first = Observe(_ml.Data.Cache(Load(recording)), new() { Seed = 1, OutputColumnName = "Other" });
        var second = _ml.Transforms.ObserveLatentState(_agent, new() { Seed = 3 }).Fit(first).Transform(first);

        var latents = second.InParallel("Latent", 3, (VBuffer<float> value) => value.DenseValues().ToArray());

        Assert.Equal(recording.Live.Select(row => row.Latent), latents);
    }

    [Fact]
    public void Interleaved_rows_give_the_same_states()
    {
        var recording = Recording.Usual(seed: 3);
        var expected = recording.Rows.Zip(recording.Live).ToDictionary(row => (row.First.EpisodeId, row.First.Step), row => row.Second.Latent);
        var mixed = recording.Rows.OrderBy(row => row.Step).ThenByDescending(row => row.EpisodeId).ToArray();

        var view = Observe(_ml.Data.LoadFromEnumerable(mixed), new() { Seed = 3, Interleaved = true, WindowRows = 10 });

        Assert.Equal(mixed.Select(row => expected[(row.EpisodeId, row.Step)]), view.Vectors("Latent"));
        Assert.Single(view.GetRowCursorSet(view.Schema, 4));
    }

    [Fact]
    public void Many_interleaved_episodes_of_one_row_and_more_give_the_states_of_contiguous_ones()
    {
        var recording = Recording.Play(new AgentSessionOptions { Seed = 3 }, Enumerable.Range(0, 1000).Select(i => 1 + (i % 3)));
        var expected = recording.Rows.Zip(recording.Live).ToDictionary(row => (row.First.EpisodeId, row.First.Step), row => row.Second.Latent);
        var mixed = recording.Rows.OrderBy(row => row.Step).ToArray();

        var view = Observe(_ml.Data.LoadFromEnumerable(mixed), new() { Seed = 3, Interleaved = true });

        Assert.Equal(mixed.Select(row => expected[(row.EpisodeId, row.Step)]), view.Vectors("Latent"));
    }

    [Fact]
    public void Closed_episodes_make_room()
    {
        var view = Observe(Load(Recording.Usual()), new() { Interleaved = true, MaxOpenEpisodes = 2 });

        // The recorder marks no end on an episode of one row: two may be open at once.
        Assert.Equal(85, view.Vectors("Latent").Length);
    }

    [Fact]
    public void Actions_taken_here_are_shifted_by_one_row_inside_the_episode()
    {
        var recording = Recording.Usual(seed: 3);
        var rows = recording.Rows;
        var taken = rows.Select((row, i) => new LoggedRow
        {
            EpisodeId = row.EpisodeId,
            Step = row.Step,
            IsFirst = row.IsFirst,
            IsLast = row.IsLast,
            Image = row.Image,
            Action = i + 1 < rows.Count && !rows[i + 1].IsFirst ? rows[i + 1].Action : [0, 0, 1],
        }).ToArray();

        foreach (var interleaved in new[] { false, true })
        {
            var view = Observe(
                _ml.Data.LoadFromEnumerable(taken),
                new() { Seed = 3, ActionTiming = ActionTiming.TakenHere, Interleaved = interleaved, WindowRows = 5 });

            Assert.Equal(recording.Live.Select(row => row.Latent), view.Vectors("Latent"));
        }
    }

    [Fact]
    public void Actions_may_be_keys()
    {
        var recording = Recording.Usual(seed: 3);
        var keyed = _ml.Data.LoadFromEnumerable(recording.Rows.Select(row => new KeyedRow
        {
            EpisodeId = row.EpisodeId,
            IsFirst = row.IsFirst,
            Image = row.Image,
            // In a class keys count from 0 and what is out of range is none; in a view from 1 and 0 is.
            Action = row.IsFirst ? uint.MaxValue : (uint)Array.IndexOf(row.Action, 1f),
        }));

        Assert.Equal(recording.Live.Select(row => row.Latent), Observe(keyed, new() { Seed = 3, UnnamedKeys = true }).Vectors("Latent"));
        Assert.Contains(
            "is a key without names", Assert.Throws<ArgumentOutOfRangeException>(() => Observe(keyed, new() { Seed = 3 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mode_needs_no_episode_ids_and_depends_on_no_seed()
    {
        var data = Load(Recording.Usual());
        var anonymous = _ml.Transforms.DropColumns("EpisodeId").Fit(data).Transform(data);

        var one = Observe(anonymous, new() { Seed = 1, LatentSampling = LatentSampling.Mode }).Vectors("Latent");
        var two = Observe(anonymous, new() { Seed = 2, LatentSampling = LatentSampling.Mode }).Vectors("Latent");

        Assert.Equal(one, two);
        Assert.NotEqual(one, Observe(data, new() { Seed = 1 }).Vectors("Latent"));
    }

    [Fact]
    public void Filters_and_shuffles_behind_leave_every_rows_state_as_it_was()
    {
        var recording = Recording.Usual(seed: 3);
        var view = Observe(Load(recording), new() { Seed = 3 });
        var expected = recording.Rows.Zip(recording.Live).ToDictionary(row => (row.First.EpisodeId, row.First.Step), row => row.Second.Latent);

        Assert.False(view.CanShuffle);
        foreach (var behind in new[]
        {
            _ml.Data.SkipRows(view, 10),
            _ml.Data.TakeRows(view, 10),
            _ml.Data.FilterRowsByColumn(view, "Reward", 0.5),
            _ml.Data.ShuffleRows(view, 5),
            _ml.Data.ShuffleRows(_ml.Data.Cache(view), 5),
        })
        {
            var rows = _ml.Data.CreateEnumerable<StateRow>(behind, reuseRowObject: false).ToArray();
            Assert.NotEmpty(rows);
            Assert.All(rows, row => Assert.Equal(expected[(row.EpisodeId, row.Step)], row.Latent));
        }
    }

    [Fact]
    public void Nothing_is_computed_where_only_other_columns_are_read()
    {
        var counting = new CountingView(Load(Recording.Usual()));
        using var encode = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(counting);
        using var observe = _ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent).Fit(encode.Transform(counting));
        var view = observe.Transform(encode.Transform(counting));

        Assert.Equal(85, view.Singles("Reward").Length);
        view.InParallel("Reward", 3, (float value) => value);

        Assert.Equal(["Reward"], counting.Opened.SelectMany(columns => columns).Distinct());
        Assert.Equal(["Reward"], counting.Values.Keys);
    }

    [Fact]
    public void Cursors_of_a_set_read_nothing_heavy_on_rows_of_other_parts()
    {
        var counting = new CountingView(Load(Recording.Usual()));
        using var encode = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(counting);
        using var observe = _ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent).Fit(encode.Transform(counting));

        observe.Transform(encode.Transform(counting)).InParallel("Latent", 3, (VBuffer<float> value) => value.Length);

        Assert.Equal(85, counting.Values["Image"]);
    }

    [Fact]
    public void Looking_at_a_few_rows_reads_few()
    {
        var recording = Recording.Play(new AgentSessionOptions(), Enumerable.Repeat(50, 40));
        var counting = new CountingView(Load(recording));
        using var encode = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(counting);
        using var observe = _ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent).Fit(encode.Transform(counting));

        Assert.Equal(5, observe.Transform(encode.Transform(counting)).Preview(5).RowView.Length);

        Assert.InRange(counting.Rows, 5, 300);
    }

    [Fact]
    public void A_row_does_not_depend_on_its_window_where_layers_are_wide()
    {
        using var agent = SyntheticAgent.Wide.Load();
        var random = new Random(2);
        var rows = Enumerable.Range(0, 60).Select(i => new WideRow
        {
            IsFirst = i % 7 == 0,
            Action = [i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0],
            Embedding = [.. Enumerable.Range(0, 256).Select(_ => (float)random.NextDouble())],
        }).ToArray();
        var data = _ml.Data.LoadFromEnumerable(rows);

        float[][] Latents(int window) => _ml.Transforms
            .ObserveLatentState(agent, new() { WindowRows = window, LatentSampling = LatentSampling.Mode }).Fit(data).Transform(data).Vectors("Latent");

        Assert.Equal(Latents(1), Latents(4096));
    }

    private IDataView Load(Recording recording) => _ml.Data.LoadFromEnumerable(recording.Rows);

    private IDataView Observe(IDataView data, ObserveLatentStateOptions options)
    {
        var embedded = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(data).Transform(data);
        return _ml.Transforms.ObserveLatentState(_agent, options).Fit(embedded).Transform(embedded);
    }

    private sealed class KeyedRow
    {
        public string EpisodeId { get; set; } = "";

        public bool IsFirst { get; set; }

        [KeyType(3)]
        public uint Action { get; set; }

        [VectorType(6, 5, 1)]
        public byte[] Image { get; set; } = [];
    }

    private sealed class StateRow
    {
        public string EpisodeId { get; set; } = "";

        public long Step { get; set; }

        public float[] Latent { get; set; } = [];
    }

    private sealed class WideRow
    {
        public bool IsFirst { get; set; }

        [VectorType(3)]
        public float[] Action { get; set; } = [];

        [VectorType(256)]
        public float[] Embedding { get; set; } = [];
    }
}
