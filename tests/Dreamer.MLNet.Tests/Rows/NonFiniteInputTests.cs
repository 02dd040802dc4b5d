using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace Dreamer.MLNet.Tests.Rows;

/// <summary>A missing value never becomes a finite, wrong answer.</summary>
public sealed class NonFiniteInputTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Continuous.Load();

    public void Dispose() => _agent.Dispose();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Observations_are_refused_with_row_column_and_episode_or_replaced(float bad)
    {
        var data = Load(row => row.Sensors[1] = bad);
        var error = Assert.Throws<InvalidDataException>(() => Encode(data, new() { VectorColumnName = "Sensors" }).Vectors("Embedding"));
        Assert.Contains($"Column 'Sensors' has {bad} as number 1 at row 2, episode 'e'", error.Message, StringComparison.Ordinal);

        var zero = Encode(data, new() { VectorColumnName = "Sensors", NonFinite = NonFiniteInput.Zero }).Vectors("Embedding");
        Assert.Equal(Encode(Load(row => row.Sensors[1] = 0), new() { VectorColumnName = "Sensors" }).Vectors("Embedding"), zero);
    }

    [Fact]
    public void Actions_and_rewards_are_refused_with_row_column_and_episode()
    {
        var data = Encode(Load(row => row.Action[0] = float.NaN), new() { VectorColumnName = "Sensors" });
        var observe = _ml.Transforms.ObserveLatentState(_agent, new ObserveLatentStateOptions());
        var error = Assert.Throws<InvalidDataException>(() => observe.Fit(data).Transform(data).Vectors("Latent"));
        Assert.Contains("Column 'Action' has NaN as number 0 at row 2, episode 'e'", error.Message, StringComparison.Ordinal);

        var rewards = Load(row => row.Reward = float.PositiveInfinity);
        Assert.Contains(
            "Column 'Reward' has Infinity at row 2, episode 'e'",
            Assert.Throws<InvalidDataException>(() => _ml.Data.SaveAsEpisodes(rewards, Path.GetTempPath(), new() { VectorColumnName = "Sensors" })).Message, StringComparison.Ordinal);
    }

    private IDataView Encode(IDataView data, EncodeObservationOptions options) => _ml.Transforms.EncodeObservation(_agent, options).Fit(data).Transform(data);

    private IDataView Load(Action<Row> change)
    {
        Row[] rows = [.. Enumerable.Range(0, 4).Select(step => new Row { Step = step, IsFirst = step == 0 })];
        change(rows[2]);
        return _ml.Data.LoadFromEnumerable(rows);
    }

    private sealed class Row
    {
        public string EpisodeId { get; set; } = "e";

        public long Step { get; set; }

        public bool IsFirst { get; set; }

        public float Reward { get; set; }

        [VectorType(4)]
        public float[] Sensors { get; set; } = [1, 2, 3, 4];

        [VectorType(2)]
        public float[] Action { get; set; } = new float[2];
    }
}
