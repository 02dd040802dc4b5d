using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;

namespace Dreamer.MLNet.Tests.Outcomes;

public sealed class PredictOutcomeTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void Outcomes_are_the_live_sessions()
    {
        var recording = Recording.Usual(seed: 3);
        var view = Predict(recording, new());

        Assert.Equal(recording.Live.Select(row => row.Reward), view.Singles("PredictedReward"));
        Assert.Equal(recording.Live.Select(row => row.Discount), view.Singles("PredictedDiscount"));
        Assert.Equal(recording.Live.Select(row => row.Value), view.Singles("PredictedValue"));
    }

    [Fact]
    public void Outputs_that_are_not_named_are_left_out()
    {
        var recording = Recording.Usual(seed: 3);
        var view = Predict(recording, new() { RewardColumnName = null, DiscountColumnName = null, ValueColumnName = "V" });

        Assert.Equal(recording.Live.Select(row => row.Value), view.Singles("V"));
        Assert.Equal(view.Schema.Count - 1, view.Schema["V"].Index);
        Assert.Equal("Latent", view.Schema[view.Schema.Count - 2].Name);
    }

    [Fact]
    public void No_output_at_all_is_refused() => Assert.Throws<ArgumentException>(
        () => _ml.Transforms.PredictOutcome(_agent, new() { RewardColumnName = null, DiscountColumnName = null, ValueColumnName = null }));

    private IDataView Predict(Recording recording, PredictOutcomeOptions options)
    {
        var data = _ml.Data.LoadFromEnumerable(recording.Rows);
        return _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent, seed: 3))
            .Append(_ml.Transforms.PredictOutcome(_agent, options)).Fit(data).Transform(data);
    }
}
