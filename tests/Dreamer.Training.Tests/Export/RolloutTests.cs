using Dreamer.Inference;
using Dreamer.Inference.Inspection;
using Dreamer.Inference.Verification;
using Dreamer.Training.Behavior;
using Dreamer.Training.Distributions;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Export;

/// <summary>The whole imagination as one graph is what training imagines, and what the graphs of single steps say one after the other.</summary>
public sealed class RolloutTests
{
    private const double Lambda = 0.8;
    private const float RewardScale = 0.25f;
    private static readonly ObservationSpace Grid = new(new ImageShape(10, 5, 1), 3);

    [Theory]
    [InlineData("Gaussian latents", true)]
    [InlineData("DreamerV1: a plain cell", true)]
    [InlineData("truncated normal actions within bounds", true)]
    [InlineData("ensemble without a discount head", true)]
    [InlineData("DreamerV3: two-hot heads, mixed categoricals, logarithmic vectors", false)]
    [InlineData("DreamerV3 with continuous actions", false)]
    public void A_rollout_is_what_training_imagines(string kind, bool valueIncludesReward)
    {
        const int Rows = 5, Horizon = 7;
        var (options, actions) = NetworkKinds.Of(kind, TestAgent.Options);
        using var scope = torch.NewDisposeScope();
        using var agent = new TestAgent(Grid, options, actions);
        var manifest = Export(agent, valueIncludesReward);
        agent.Keep($"rollout of {kind}");
        Assert.All(AgentVerifier.Verify(agent.Folder), output => Assert.True(output.Passed, $"{output}"));

        var start = agent.Model.Rssm.ImagineStep(
            torch.zeros(Rows, agent.Model.Options.LatentSize), torch.zeros(Rows, agent.Model.ActionSpace.Size), Uniform(1, Rows, options.StochSize)[0]).Latent.Value;
        // The ensemble's members are for training; a graph has the first.
        var single = options.PriorEnsemble == 1;
        var (imagined, noise) = Imagine(agent, start, Horizon, single);
        var expected = ImaginedReturns.Compute(
            agent.Model, agent.Behavior.Critic, imagined, agent.Model.PredictDiscount(start), new BehaviorOptions { Lambda = Lambda, ValueIncludesReward = valueIncludesReward },
            new RewardNorm(new RewardNormOptions { Scale = RewardScale }));
        var found = Run(agent, start, noise);

        Close(agent.Model.ActionScaling.ToEnvironment(imagined.Actions).Value, TensorNames.RolloutActions);
        Close(expected.Rewards.narrow(0, 1, Horizon), TensorNames.RolloutRewards);
        Close(expected.Discounts.narrow(0, 1, Horizon), TensorNames.RolloutDiscounts);
        Close(expected.Values.narrow(0, 1, Horizon), TensorNames.RolloutValues);
        TensorAssert.Close(expected.Returns[0].reshape(Rows, 1), found[TensorNames.RolloutReturn], 1e-4);
        Assert.Equal((Lambda, RewardScale), (manifest.Heads.Lambda, manifest.Heads.RewardScale));

        void Close(torch.Tensor bySteps, string output) => TensorAssert.Close(bySteps.transpose(0, 1), found[output], 1e-4);
    }

    [Fact]
    public void A_row_is_the_same_alone_and_in_any_batch_and_horizons_are_free()
    {
        using var scope = torch.NewDisposeScope();
        using var agent = new TestAgent(Grid);
        Export(agent, valueIncludesReward: true);
        var start = Uniform(1, 9, agent.Model.Options.LatentSize)[0];
        var noise = (Actions: Uniform(12, 9, 3), States: Uniform(12, 9, agent.Model.Options.StochSize));
        var whole = Run(agent, start, noise);
        Assert.Equal([9, 12, 3], whole[TensorNames.RolloutActions].shape);
        foreach (var row in (int[])[0, 4, 8])
        {
            var alone = Run(agent, start.narrow(0, row, 1), (noise.Actions.narrow(1, row, 1), noise.States.narrow(1, row, 1)));
            Assert.All(alone, output => TensorAssert.Equal(whole[output.Key].narrow(0, row, 1), output.Value));
        }
        var oneStep = Run(agent, start, (noise.Actions.narrow(0, 0, 1), noise.States.narrow(0, 0, 1)));
        Assert.All(
            oneStep.Where(output => output.Key != TensorNames.RolloutReturn), output => TensorAssert.Equal(whole[output.Key].narrow(1, 0, 1), output.Value));
    }

    [Fact]
    public void A_rollout_that_is_not_what_the_single_steps_say_is_found()
    {
        using var agent = new TestAgent(Grid);
        var manifest = Export(agent, valueIncludesReward: true);
        File.WriteAllBytes(
            Path.Combine(agent.Folder, AgentManifest.FileName), (manifest with { Heads = manifest.Heads with { ValueIncludesReward = false } }).ToJson());
        var failed = AgentVerifier.Verify(agent.Folder).Where(output => !output.Passed);
        Assert.Equal([(VerificationCheck.SingleSteps, TensorNames.RolloutReturn)], failed.Select(output => (output.Check, output.Output)));
    }

    [Fact]
    public void A_rollout_is_inspected_and_is_there_only_where_it_is_asked_for()
    {
        using var agent = new TestAgent(Grid);
        Export(agent, valueIncludesReward: true);
        var graphs = AgentInspector.Inspect(agent.Folder).Graphs.ToDictionary(graph => graph.Manifest.Name);
        string[] parts = [GraphNames.Policy, GraphNames.RssmImagine, GraphNames.Heads];
        Assert.Equal(parts.Sum(part => graphs[part].ParameterCount), graphs[GraphNames.Rollout].ParameterCount);
        Assert.True(graphs[GraphNames.Rollout].Flops >= parts.Sum(part => graphs[part].Flops));

        var without = agent.Export();
        Assert.DoesNotContain(without.Graphs, graph => graph.Name == GraphNames.Rollout);
        Assert.Null(without.Heads.Lambda);
        Assert.False(File.Exists(Path.Combine(agent.Folder, "rollout.onnx")));
    }

    private static AgentManifest Export(TestAgent agent, bool valueIncludesReward) => AgentExporter.Export(
        agent.Folder,
        agent.Model,
        agent.Behavior,
        TestAgent.Description with { ValueIncludesReward = valueIncludesReward, Lambda = Lambda, RewardScale = RewardScale },
        new AgentExportOptions { Rollout = true });

    /// <summary>What training imagines, and the noise that it did so with, [steps, rows, ...].</summary>
    private static (ImaginedTrajectories Imagined, (torch.Tensor Actions, torch.Tensor States) Noise) Imagine(
        TestAgent agent, torch.Tensor start, int horizon, bool single)
    {
        var model = agent.Model;
        if (single)
        {
            var imagined = ImaginedTrajectories.Imagine(model, agent.Behavior.Actor, start, horizon, new UniformNoise(3));
            var again = new UniformNoise(3);
            return (imagined, (again.Draw(horizon, start.shape[0], agent.Behavior.Actor.Actions.Size), again.Draw(horizon, start.shape[0], model.Rssm.Latents.Size)));
        }
        var noise = (Actions: Uniform(horizon, start.shape[0], agent.Behavior.Actor.Actions.Size), States: Uniform(horizon, start.shape[0], model.Rssm.Latents.Size));
        var (latents, actions) = (new List<torch.Tensor> { start }, new List<torch.Tensor>());
        for (var step = 0; step < horizon; step++)
        {
            actions.Add(agent.Behavior.Actor.Actions.Sample(agent.Behavior.Actor.Forward(latents[^1]), noise.Actions[step]));
            latents.Add(model.Rssm.ImagineStep(latents[^1], actions[^1], noise.States[step]).Latent);
        }
        return (new ImaginedTrajectories(torch.stack(latents), torch.stack(actions), torch.empty(0)), noise);
    }

    private static torch.Tensor Uniform(int steps, long rows, int size) =>
        ExampleTensors.Uniform([steps, rows, size], new SeededRandom((ulong)size));

    private static Dictionary<string, torch.Tensor> Run(TestAgent agent, torch.Tensor start, (torch.Tensor Actions, torch.Tensor States) noise)
    {
        using var session = new OnnxSession(File.ReadAllBytes(Path.Combine(agent.Folder, "rollout.onnx")));
        return session.Run(new Dictionary<string, torch.Tensor>(StringComparer.Ordinal)
        {
            [TensorNames.Latent] = start,
            [TensorNames.RolloutActionNoise] = noise.Actions.transpose(0, 1),
            [TensorNames.RolloutStochNoise] = noise.States.transpose(0, 1),
        });
    }
}
