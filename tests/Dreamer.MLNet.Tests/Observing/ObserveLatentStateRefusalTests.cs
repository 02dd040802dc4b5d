using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;

namespace Dreamer.MLNet.Tests.Observing;

public sealed class ObserveLatentStateRefusalTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void An_open_episode_too_many_is_refused()
    {
        var rows = Recording.Usual().Rows.OrderBy(row => row.Step).ToArray();

        var view = Observe(_ml.Data.LoadFromEnumerable(rows), new() { Interleaved = true, MaxOpenEpisodes = 3 });
        var error = Assert.Throws<InvalidDataException>(() => view.Vectors("Latent"));

        Assert.Contains("'episode-3' at row 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxOpenEpisodes allows 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("'IsLast'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_without_episode_ids_are_refused_with_what_to_do()
    {
        var data = Load(Recording.Usual());
        var anonymous = _ml.Transforms.DropColumns("EpisodeId").Fit(data).Transform(data);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Observe(anonymous, new()));

        Assert.Contains("'EpisodeId'", error.Message, StringComparison.Ordinal);
        Assert.Contains("EpisodeIdColumnName", error.Message, StringComparison.Ordinal);
        Assert.Contains("set LatentSampling to Mode", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_before_the_first_episode_are_refused_by_every_cursor()
    {
        var view = Observe(_ml.Data.SkipRows(Load(Recording.Usual()), 3), new());

        var error = Assert.Throws<InvalidDataException>(() => view.Vectors("Latent"));
        Assert.Contains("'IsFirst'", error.Message, StringComparison.Ordinal);
        foreach (var cursor in view.GetRowCursorSet(view.Schema, 2))
        {
            using (cursor)
            {
                Assert.Throws<InvalidDataException>(() => cursor.MoveNext());
            }
        }
    }

    [Fact]
    public void Mixed_rows_that_are_not_said_to_be_are_refused()
    {
        var rows = Recording.Usual().Rows.OrderBy(row => row.Step).ToArray();

        var error = Assert.Throws<InvalidDataException>(() => Observe(_ml.Data.LoadFromEnumerable(rows), new()).Vectors("Latent"));

        Assert.Contains("'EpisodeId' goes from 'episode-4' to 'episode-0'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Interleaved", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 1, "WindowRows is 0")]
    [InlineData(1, 0, 1, "WindowMegabytes is 0")]
    [InlineData(1, 1, -1, "MaxOpenEpisodes is -1")]
    public void Numbers_out_of_range_are_refused(int window, int megabytes, int open, string expected)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.ObserveLatentState(_agent, new() { WindowRows = window, WindowMegabytes = megabytes, MaxOpenEpisodes = open }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private IDataView Load(Recording recording) => _ml.Data.LoadFromEnumerable(recording.Rows);

    private IDataView Observe(IDataView data, ObserveLatentStateOptions options)
    {
        var embedded = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(data).Transform(data);
        return _ml.Transforms.ObserveLatentState(_agent, options).Fit(embedded).Transform(embedded);
    }
}
