using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Imagining;

public sealed class ImagineRolloutTests : IDisposable
{
    private const int Horizon = 4;
    private const int Actions = 3;

    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void Under_the_policy_each_step_is_the_imagination_of_the_greedy_action()
    {
        var view = Imagine(new() { Horizon = Horizon });

        var (actions, rewards, discounts, values) = (view.Vectors("RolloutActions"), view.Vectors("RolloutRewards"), view.Vectors("RolloutDiscounts"), view.Vectors("RolloutValues"));
        using var imagination = _agent.CreateImagination();
        foreach (var (latent, row) in view.Vectors("Latent").Select((latent, row) => (latent, row)))
        {
            var state = imagination.Describe(latent);
            for (var step = 0; step < Horizon; step++)
            {
                Assert.Equal(state.GreedyAction, actions[row].AsSpan(step * Actions, Actions));
                state = imagination.Step(state.Latent, state.GreedyAction);
                Assert.Equal(state.Reward, rewards[row][step]);
                Assert.Equal(state.Discount, discounts[row][step]);
                Assert.Equal(state.Value, values[row][step]);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_return_is_that_of_the_steps_and_the_value_of_what_follows(bool valueIncludesReward)
    {
        var manifest = SyntheticAgent.Small.Manifest;
        using var agent = SyntheticAgent.Small.LoadAs(manifest with { Heads = manifest.Heads with { ValueIncludesReward = valueIncludesReward } });
        var view = Imagine(new() { Horizon = 3 }, agent);

        var (rewards, discounts, values) = (view.Vectors("RolloutRewards"), view.Vectors("RolloutDiscounts"), view.Vectors("RolloutValues"));
        var returns = view.Singles("RolloutReturn");
        Assert.NotEmpty(returns);
        for (var row = 0; row < returns.Length; row++)
        {
            var (r, d, v) = (rewards[row], discounts[row], values[row]);
            var expected = valueIncludesReward
                ? r[0] + (d[0] * (r[1] + (d[1] * v[2])))
                : r[0] + (d[0] * (r[1] + (d[1] * (r[2] + (d[2] * v[2])))));
            Assert.Equal(expected, returns[row], 1e-4f);
        }
    }

    [Fact]
    public void A_return_alone_is_the_one_beside_the_other_columns()
    {
        var view = Imagine(new() { Horizon = Horizon });
        using var cursor = view.GetRowCursor(view.Schema);
        var get = cursor.GetGetter<float>(view.Schema["RolloutReturn"]);
        var returns = new List<float>();
        while (cursor.MoveNext())
        {
            var value = 0f;
            get(ref value);
            returns.Add(value);
        }

        Assert.Equal(returns, view.Singles("RolloutReturn"));
    }

    [Fact]
    public void Each_action_is_what_follows_when_it_is_given()
    {
        var each = Imagine(new() { Horizon = Horizon, Actions = ImaginedActions.Each });

        Assert.Equal("Vector<Single, 3, 4, 3>", each.Schema["RolloutActions"].Type.ToString());
        Assert.Equal("Vector<Single, 3, 4>", each.Schema["RolloutRewards"].Type.ToString());
        VBuffer<ReadOnlyMemory<char>> names = default;
        each.Schema["RolloutReturn"].GetSlotNames(ref names);
        Assert.Equal(["left", "stay", "right"], names.DenseValues().Select(name => name.ToString()));

        var (planned, rewards, returns) = (each.Vectors("RolloutActions"), each.Vectors("RolloutRewards"), each.Vectors("RolloutReturn"));
        for (var action = 0; action < Actions; action++)
        {
            var plan = planned.Select(all => all[(action * Horizon * Actions)..((action + 1) * Horizon * Actions)]).ToArray();
            Assert.All(plan, steps => Assert.Equal(1, steps[action]));
            var given = Given(each.Vectors("Latent"), plan);
            Assert.Equal(rewards.Select(all => all[(action * Horizon)..((action + 1) * Horizon)]), given.Vectors("RolloutRewards"));
            Assert.Equal(returns.Select(all => all[action]), given.Singles("RolloutReturn"));
        }
    }

    [Fact]
    public void Given_actions_may_be_keys()
    {
        var latents = Imagine(new()).Vectors("Latent");
        var keys = latents.Select((_, row) => new uint[] { (uint)(row % 3), 2, 1, 0 }).ToArray();
        var vectors = keys.Select(row => row.SelectMany(key => Enumerable.Range(0, Actions).Select(action => key == action + 1 ? 1f : 0)).ToArray()).ToArray();
        var data = _ml.Data.LoadFromEnumerable(latents.Zip(keys, (latent, plan) => new KeyedRow { Latent = latent, PlannedActions = plan }));

        var view = _ml.Transforms.ImagineRollout(_agent, Plan).Fit(data).Transform(data);

        Assert.Equal(vectors, view.Vectors("RolloutActions"));
        Assert.Equal(Given(latents, vectors).Vectors("RolloutRewards"), view.Vectors("RolloutRewards"));
    }

    [Fact]
    public void Samples_are_the_seeds_whatever_the_order_of_rows()
    {
        var options = new ImagineRolloutOptions { Horizon = Horizon, LatentSampling = LatentSampling.Sampled, ActionSelection = ActionSelection.Sampled, Seed = 4 };
        var view = Imagine(options);
        var returns = view.Singles("RolloutReturn");

        var later = Imagine(options, skip: 20);
        Assert.Equal(returns[20..], later.Singles("RolloutReturn"));
        Assert.NotEqual(returns, Imagine(options with { Seed = 5 }).Singles("RolloutReturn"));
        Assert.NotEqual(returns, Imagine(new() { Horizon = Horizon }).Singles("RolloutReturn"));
    }

    [Fact]
    public void Every_step_of_a_sampled_rollout_has_its_own_noise()
    {
        using var agent = SyntheticAgent.Continuous.Load();
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(step => new ContinuousRow { Step = step }));
        var options = new ImagineRolloutOptions { Horizon = Horizon, ActionSelection = ActionSelection.Sampled };

        var rollouts = _ml.Transforms.ImagineRollout(agent, options).Fit(data).Transform(data).Vectors("RolloutActions");

        Assert.Equal(3 * Horizon * 2, rollouts.SelectMany(actions => actions).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_horizon_out_of_range_is_refused(int horizon) => Assert.Contains(
        $"Horizon is {horizon}; 1 to 1000 is allowed",
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ImagineRollout("Rollout", "Latent", _agent, horizon)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_rollout_for_each_of_continuous_actions_is_refused()
    {
        using var agent = SyntheticAgent.Continuous.Load();
        Assert.Contains(
            "continuous",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.ImagineRollout(agent, new() { Actions = ImaginedActions.Each })).Message,
            StringComparison.Ordinal);
    }

    private static ImagineRolloutOptions Plan => new() { Horizon = Horizon, Actions = ImaginedActions.Given, UnnamedKeys = true };

    private IDataView Imagine(ImagineRolloutOptions options, DreamerAgent? agent = null, int skip = 0)
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual(seed: 3).Rows);
        var observed = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent)).Fit(data).Transform(data);
        var rows = skip == 0 ? observed : _ml.Data.SkipRows(observed, skip);
        return _ml.Transforms.ImagineRollout(agent ?? _agent, options).Fit(rows).Transform(rows);
    }

    private IDataView Given(float[][] latents, float[][] plans)
    {
        var data = _ml.Data.LoadFromEnumerable(latents.Zip(plans, (latent, plan) => new PlannedRow { Latent = latent, PlannedActions = plan }));
        return _ml.Transforms.ImagineRollout(_agent, Plan).Fit(data).Transform(data);
    }

    private sealed class PlannedRow
    {
        [VectorType(20)]
        public float[] Latent { get; set; } = [];

        [VectorType(Horizon, Actions)]
        public float[] PlannedActions { get; set; } = [];
    }

    private sealed class KeyedRow
    {
        [VectorType(20)]
        public float[] Latent { get; set; } = [];

        [VectorType(Horizon)]
        [KeyType(Actions)]
        public uint[] PlannedActions { get; set; } = [];
    }

    private sealed class ContinuousRow
    {
        public string EpisodeId { get; set; } = "a";

        public long Step { get; set; }

        [VectorType(20)]
        public float[] Latent { get; set; } = new float[20];
    }
}
