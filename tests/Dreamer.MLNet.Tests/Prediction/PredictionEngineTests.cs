using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Prediction;

public sealed class PredictionEngineTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();
    private readonly Recording _recording = Recording.Usual(seed: 3);

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void An_engine_lives_an_episode_after_the_other_in_order()
    {
        using var engine = _ml.Model.CreatePredictionEngine<LoggedRow, Prediction>(Fit());

        var found = _recording.Rows.Select(engine.Predict).ToArray();

        Assert.Equal(_recording.Live.Select(row => row.Latent), found.Select(row => row.Latent));
        Assert.Equal(_recording.Live.Select(row => row.Value), found.Select(row => row.PredictedValue));
        Assert.Equal(_recording.Live.Select(row => (uint)row.Action + 1), found.Select(row => row.PredictedAction));
    }

    [Fact]
    public void A_first_example_that_is_not_first_is_refused_with_what_to_do()
    {
        using var engine = _ml.Model.CreatePredictionEngine<LoggedRow, Prediction>(Fit());

        var error = Assert.Throws<InvalidDataException>(() => engine.Predict(_recording.Rows[1]));

        Assert.Contains("StepLatentState", error.Message, StringComparison.Ordinal);
        Assert.Contains("'IsFirst'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_that_is_refused_leaves_the_state_as_it_was()
    {
        using var engine = _ml.Model.CreatePredictionEngine<LoggedRow, Prediction>(Fit());
        engine.Predict(_recording.Rows[0]);
        var row = _recording.Rows[1];

        Assert.ThrowsAny<Exception>(() => engine.Predict(new LoggedRow { EpisodeId = row.EpisodeId, Image = row.Image, Action = [1] }));
        Assert.Throws<InvalidDataException>(() => engine.Predict(new LoggedRow { EpisodeId = "other", Image = row.Image, Action = row.Action }));

        Assert.Equal(_recording.Live[1].Latent, engine.Predict(row).Latent);
    }

    [Fact]
    public void Reset_makes_the_next_example_the_first_of_an_episode()
    {
        var model = Fit();
        using var engine = _ml.Model.CreateDreamerPredictionEngine<LoggedRow, Prediction>(model);
        var first = engine.Predict(_recording.Rows[0]).Latent;
        engine.Predict(_recording.Rows[1]);
        var row = _recording.Rows[0];

        engine.Reset();
        var again = engine.Predict(new LoggedRow { EpisodeId = row.EpisodeId, Image = row.Image, Action = row.Action, IsFirst = false });

        Assert.Equal(first, again.Latent);
        Assert.Equal(_recording.Live[1].Latent, engine.Predict(_recording.Rows[1]).Latent);
    }

    [Fact]
    public void Engines_of_one_model_have_states_of_their_own_and_leave_the_model_alone()
    {
        var model = Fit();
        var one = _ml.Model.CreateDreamerPredictionEngine<LoggedRow, Prediction>(model);
        using var two = _ml.Model.CreateDreamerPredictionEngine<LoggedRow, Prediction>(model);
        one.Predict(_recording.Rows[0]);
        two.Predict(_recording.Rows[0]);
        two.Reset();
        two.Predict(_recording.Rows[12]);

        Assert.Equal(_recording.Live[1].Latent, one.Predict(_recording.Rows[1]).Latent);
        one.Dispose();
        var prediction = new Prediction();
        two.Predict(_recording.Rows[13], ref prediction);
        Assert.Equal(_recording.Live[13].Latent, prediction.Latent);
        Assert.Contains(two.OutputSchema, column => column.Name == "PredictedValue");
    }

    [Fact]
    public void Pooled_engines_serve_any_episode_with_states_in_columns()
    {
        var data = _ml.Data.LoadFromEnumerable(Array.Empty<StepRow>());
        var model = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.StepLatentState("Latent", "Embedding", _agent, seed: 3)).Fit(data);
        var engines = Enumerable.Range(0, 3)
            .Select(_ => _ml.Model.CreatePredictionEngine<StepRow, Prediction>(model, new PredictionEngineOptions { OwnsTransformer = false, IgnoreMissingColumns = true }))
            .ToArray();
        var states = new Dictionary<string, float[]>();
        var expected = _recording.Rows.Zip(_recording.Live).ToDictionary(row => (row.First.EpisodeId, row.First.Step), row => row.Second.Latent);
        var random = new Random(1);

        foreach (var row in _recording.Rows.OrderBy(row => row.Step))
        {
            var latent = engines[random.Next(3)].Predict(new StepRow
            {
                EpisodeId = row.EpisodeId,
                Step = row.Step,
                IsFirst = row.IsFirst,
                Image = row.Image,
                PrevAction = row.Action,
                PrevLatent = states.GetValueOrDefault(row.EpisodeId, new float[20]),
            }).Latent;
            Assert.Equal(expected[(row.EpisodeId, row.Step)], latent);
            states[row.EpisodeId] = latent;
        }
        Array.ForEach(engines, engine => engine.Dispose());
    }

    [Fact]
    public void A_live_service_alternates_interleaved_episodes_in_one_engine()
    {
        using var engine = _ml.Model.CreateDreamerPredictionEngine<LoggedRow, Prediction>(Fit(interleaved: true));
        var expected = _recording.Rows.Zip(_recording.Live).ToDictionary(row => (row.First.EpisodeId, row.First.Step), row => row.Second.Latent);

        Assert.All(
            _recording.Rows.OrderBy(row => row.Step), row => Assert.Equal(expected[(row.EpisodeId, row.Step)], engine.Predict(row).Latent));
    }

    private TransformerChain<SelectActionTransformer> Fit(bool interleaved = false)
    {
        var data = _ml.Data.LoadFromEnumerable(_recording.Rows);
        return _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState(_agent, new() { Seed = 3, Interleaved = interleaved }))
            .Append(_ml.Transforms.PredictOutcome("Latent", _agent))
            .Append(_ml.Transforms.SelectAction("PredictedAction", "Latent", _agent)).Fit(data);
    }

    private sealed class Prediction
    {
        [VectorType(20)]
        public float[] Latent { get; set; } = [];

        public float PredictedValue { get; set; }

        [KeyType(3)]
        public uint PredictedAction { get; set; }
    }

    private sealed class StepRow
    {
        public string EpisodeId { get; set; } = "";

        public long Step { get; set; }

        public bool IsFirst { get; set; }

        [VectorType(3)]
        public float[] PrevAction { get; set; } = [];

        [VectorType(20)]
        public float[] PrevLatent { get; set; } = [];

        [VectorType(6, 5, 1)]
        public byte[] Image { get; set; } = [];
    }
}
