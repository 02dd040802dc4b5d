using System.Collections;
using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace Dreamer.MLNet.Tests.Observing;

/// <summary>Sources that can be read once, by one reader, or in another order each time.</summary>
public sealed class SourceTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();
    private readonly Recording _recording = Recording.Play(new AgentSessionOptions { Seed = 3 }, Enumerable.Range(0, 60).Select(i => 1 + i * 7 % 40));

    public void Dispose() => _agent.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_source_that_is_consumed_gives_every_row_once_to_any_number_of_workers(int workers)
    {
        var source = new OneReader(_recording.Rows);
        var latents = Observe(source).InParallel<VBuffer<float>, float[]>("Latent", workers, value => [.. value.DenseValues()]);
        Assert.Equal(_recording.Live.Select(row => row.Latent), latents);
        Assert.Equal(1, source.Opened);
    }

    [Fact]
    public void Workers_that_one_thread_drives_in_turn_give_every_row_once()
    {
        var view = Observe(new OneReader(_recording.Rows));
        var cursors = view.GetRowCursorSet([view.Schema["Latent"]], 3);
        var rows = 0;
        var open = cursors.ToList();
        while (open.Count > 0)
        {
            open.RemoveAll(cursor => !cursor.MoveNext());
            rows += open.Count;
        }
        Array.ForEach(cursors, cursor => cursor.Dispose());
        Assert.Equal(_recording.Live.Count, rows);
    }

    [Fact]
    public void Episodes_longer_than_the_windows_stay_whole()
    {
        var view = Observe(new OneReader(_recording.Rows), new() { Seed = 3, WindowRows = 3 });
        var latents = view.InParallel<VBuffer<float>, float[]>("Latent", 4, value => [.. value.DenseValues()]);
        Assert.Equal(_recording.Live.Select(row => row.Latent), latents);
    }

    [Theory]
    [InlineData(LatentSampling.Sampled)]
    [InlineData(LatentSampling.Mode)]
    public void Holes_repeated_rows_and_mixed_episodes_are_noticed_and_the_cure_is_named(LatentSampling sampling)
    {
        var rows = _recording.Rows.ToArray();
        var long0 = rows.Index().First(row => row.Item.Step == 3).Index;
        Refused([.. rows[..long0], .. rows[(long0 + 1)..]], "goes from 2 to 4: rows are missing");
        Refused([.. rows[..long0], rows[long0 - 1], .. rows[long0..]], "goes from 2 to 2: rows are repeated");
        var two = rows.Index().Where(row => row.Item.Step == 1).Take(2).Select(row => row.Index).ToArray();
        (rows[two[0]], rows[two[1]]) = (rows[two[1]], rows[two[0]]);
        Refused(rows, "marks no start of an episode");

        void Refused(LoggedRow[] changed, string what)
        {
            var error = Assert.Throws<InvalidDataException>(() => Observe(changed, new() { LatentSampling = sampling }).Vectors("Latent"));
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
            Assert.Contains("samplingKeyColumnName: \"EpisodeId\"", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_column_of_steps_that_nobody_fills_counts_nothing()
    {
        var rows = _recording.Rows.ToArray();
        Array.ForEach(rows, row => row.Step = 0);
        Assert.Equal(_recording.Live.Select(row => row.Latent), Observe(rows).Vectors("Latent"));
        var stuck = _recording.Rows.ToArray();
        stuck.First(row => row.Step == 5).Step = 4;
        Assert.Throws<InvalidDataException>(() => Observe(stuck).Vectors("Latent"));
        Assert.Equal(_recording.Live.Select(row => row.Latent), Observe(stuck, new() { Seed = 3, StepColumnName = null }).Vectors("Latent"));
    }

    private IDataView Observe(IEnumerable<LoggedRow> rows, ObserveLatentStateOptions? options = null)
    {
        var data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState(_agent, options ?? new() { Seed = 3 })).Fit(data).Transform(data);
    }

    private sealed class OneReader(IReadOnlyList<LoggedRow> rows) : IEnumerable<LoggedRow>
    {
        internal int Opened { get; private set; }

        public IEnumerator<LoggedRow> GetEnumerator()
        {
            if (++Opened > 1)
            {
                throw new InvalidOperationException("The rows are gone.");
            }
            foreach (var row in rows)
            {
                yield return row;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
