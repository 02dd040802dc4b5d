using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Execution;

public sealed class OnnxEstimatorTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void The_stock_step_gives_what_ours_gives()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        var renamed = _ml.Transforms.CopyColumns(TensorNames.Image, "Image").Fit(data).Transform(data);

        var estimator = _agent.CreateOnnxEstimator(_ml, GraphNames.Encoder);
        var stock = estimator.Fit(renamed).Transform(renamed).Vectors(TensorNames.Embedding);

        Assert.Equal(_ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(data).Transform(data).Vectors("Embedding"), stock);
    }

    [Fact]
    public void A_graph_that_the_agent_lacks_is_refused()
    {
        using var agent = SyntheticAgent.Small.LoadWithout(GraphNames.Decoder);

        var error = Assert.Throws<InvalidAgentException>(() => agent.CreateOnnxEstimator(_ml, GraphNames.Decoder));

        Assert.Contains("'decoder'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outcomes_of_several_outputs_come_by_their_tensor_names()
    {
        var rows = _ml.Data.LoadFromEnumerable([new StateRow { Latent = [.. Enumerable.Range(0, 20).Select(i => i / 20f)] }]);

        var view = _agent.CreateOnnxEstimator(_ml, GraphNames.Heads).Fit(rows).Transform(rows);

        var ours = _ml.Transforms.PredictOutcome("latent", _agent).Fit(rows).Transform(rows);
        Assert.Equal(ours.Singles("PredictedValue"), view.Vectors(TensorNames.Value).Select(v => v[0]));
        Assert.Equal(ours.Singles("PredictedReward"), view.Vectors(TensorNames.Reward).Select(v => v[0]));
    }

    private sealed class StateRow
    {
        [VectorType(20)]
        [ColumnName("latent")]
        public float[] Latent { get; set; } = [];
    }
}
