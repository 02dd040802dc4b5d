using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Acting;

public sealed class SelectActionTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void Greedy_actions_and_probabilities_are_the_live_sessions()
    {
        var recording = Recording.Usual(seed: 3);

        var view = Select(recording, new() { ProbabilitiesColumnName = "Probabilities" }, seed: 3);

        Assert.Equal(recording.Live.Select(row => (uint)row.Action + 1), view.Keys("PredictedAction"));
        foreach (var (expected, found) in recording.Live.Zip(view.Vectors("Probabilities")))
        {
            Assert.Equal(1, found.Sum(), 1e-6);
            Assert.All(expected.ActionProbabilities.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void Sampled_actions_are_those_of_a_live_session_of_the_same_seed_and_episodes()
    {
        var recording = Recording.Play(new AgentSessionOptions { Seed = 8, ActionSelection = ActionSelection.Sampled }, 30, 20);

        var same = Select(recording, new() { ActionSelection = ActionSelection.Sampled, Seed = 8 }, seed: 8).Keys("PredictedAction");
        var other = Select(recording, new() { ActionSelection = ActionSelection.Sampled, Seed = 9 }, seed: 8).Keys("PredictedAction");

        Assert.Equal(recording.Live.Select(row => (uint)row.Action + 1), same);
        Assert.NotEqual(same, other);
    }

    [Fact]
    public void Keys_and_slots_carry_the_actions_names()
    {
        var view = Select(Recording.Usual(), new() { ProbabilitiesColumnName = "Probabilities" }, seed: 0);
        VBuffer<ReadOnlyMemory<char>> values = default;
        VBuffer<ReadOnlyMemory<char>> slots = default;

        view.Schema["PredictedAction"].GetKeyValues(ref values);
        view.Schema["Probabilities"].GetSlotNames(ref slots);
        var named = _ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedAction").Fit(view).Transform(view);

        Assert.Equal(["left", "stay", "right"], values.DenseValues().Select(name => name.ToString()));
        Assert.Equal(["left", "stay", "right"], slots.DenseValues().Select(name => name.ToString()));
        Assert.Equal(view.Keys("PredictedAction").Select(key => new[] { "left", "stay", "right" }[key - 1]), named.Texts("Name"));
    }

    [Fact]
    public void Samples_without_steps_are_refused_with_what_to_do()
    {
        var view = Observed(Recording.Usual(), seed: 0);
        var anonymous = _ml.Transforms.DropColumns("Step").Fit(view).Transform(view);

        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.SelectAction(_agent, new() { ActionSelection = ActionSelection.Sampled }).Fit(anonymous));

        Assert.Contains("StepColumnName", error.Message, StringComparison.Ordinal);
        Assert.Contains("set ActionSelection to Greedy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Continuous_actions_are_vectors_and_have_no_probabilities()
    {
        using var agent = SyntheticAgent.Continuous.Load();
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 70).Select(i => new StateRow { EpisodeId = "e", Step = i, Latent = [.. Enumerable.Repeat(i / 70f, 20)] }));

        var greedy = _ml.Transforms.SelectAction("PredictedAction", "Latent", agent).Fit(data).Transform(data).Vectors("PredictedAction");
        var sampled = _ml.Transforms.SelectAction(agent, new() { ActionSelection = ActionSelection.Sampled, Seed = 2 })
            .Fit(data).Transform(data).Vectors("PredictedAction");

        Assert.All(greedy, action => Assert.Equal(2, action.Length));
        var noise = new float[2];
        for (var i = 0; i < greedy.Length; i++)
        {
            new EpisodeNoise(2, "e").Fill(noise, i, NoiseStream.Action);
            Assert.Equal(greedy[i][0] + noise[0] - 0.5f, sampled[i][0], 1e-6);
        }
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.SelectAction("PredictedAction", "Latent", agent, "Probabilities"));
        Assert.Contains("continuous", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_of_one_name_are_refused() => Assert.Contains(
        "'A'", Assert.Throws<ArgumentException>(() => _ml.Transforms.SelectAction("A", "Latent", _agent, "A")).Message, StringComparison.Ordinal);

    private IDataView Observed(Recording recording, ulong seed)
    {
        var data = _ml.Data.LoadFromEnumerable(recording.Rows);
        return _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent, seed: seed)).Fit(data).Transform(data);
    }

    private IDataView Select(Recording recording, SelectActionOptions options, ulong seed)
    {
        var view = Observed(recording, seed);
        return _ml.Transforms.SelectAction(_agent, options).Fit(view).Transform(view);
    }

    private sealed class StateRow
    {
        public string EpisodeId { get; set; } = "";

        public long Step { get; set; }

        [VectorType(20)]
        public float[] Latent { get; set; } = [];
    }
}
