using Dreamer.Inference;
using Dreamer.Inference.Inspection;
using Dreamer.Inference.Verification;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Xunit;

namespace Dreamer.Training.Tests.Export;

public sealed class QuantizedExportTests
{
    /// <summary>Large enough for int8 weights.</summary>
    private static readonly NetworkOptions Sizes = TestAgent.Options with { Deter = 72, Hidden = 64, HeadUnits = 64 };

    private static readonly AgentExportOptions Quantize = new() { Quantize = true, FidelitySequences = 50, EvaluationEpisodes = 3 };

    [Fact]
    public void A_folder_holds_both_and_says_how_far_they_are_apart()
    {
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1)), Sizes);
        var manifest = AgentExporter.Export(agent.Folder, agent.Model, agent.Behavior, TestAgent.Description, Quantize, seed => new Catch(seed), TestContext.Current.CancellationToken);
        agent.Keep("int8 weights");
        Assert.Equal(
            [GraphNames.RssmObserve, GraphNames.Surprise, GraphNames.RssmImagine, GraphNames.Policy, GraphNames.Heads], manifest.Int8Graphs.Select(graph => graph.Name));
        var fidelity = manifest.Quantization!;
        Assert.Equal((50, 50, "catch"), (fidelity.Sequences, fidelity.Steps, fidelity.Observations));
        Assert.InRange(fidelity.EqualClasses!.Value, 0.9, 1);
        Assert.InRange(fidelity.PolicyKl, 1e-12, 0.05);
        Assert.True(fidelity.LargestPolicyKl >= fidelity.PolicyKl);
        Assert.Equal(["greedy 3", "sampled 3"], fidelity.Evaluations.Select(score => $"{score.ActionSelection} {score.Episodes}"));
        Assert.Contains("| equal sampled latent classes |", File.ReadAllText(Path.Combine(agent.Folder, "README.md")), StringComparison.Ordinal);

        var verified = AgentVerifier.Verify(agent.Folder);
        Assert.All(verified, output => Assert.True(output.Passed, $"{output}"));
        Assert.Equal(2, verified.Count(output => output is { Graph: "rssm_observe.int8", Output: TensorNames.Latent }));
        var inspection = AgentInspector.Inspect(agent.Folder);
        Assert.Contains(inspection.Steps, step => step.Name == "act, int8 weights");
        Assert.True(inspection.Int8Graphs[0].WeightBytes < 0.5 * inspection.Graphs[1].WeightBytes);
        Assert.Equal(inspection.Graphs[1].ParameterCount, inspection.Int8Graphs[0].ParameterCount);
    }

    [Fact]
    public void Sessions_run_on_either()
    {
        using var exported = new TestAgent(new ObservationSpace(null, 5), Sizes with { Latent = LatentKind.Gaussian }, ActionSpace.Continuous([-1, -2], [1, 3]));
        var manifest = AgentExporter.Export(exported.Folder, exported.Model, exported.Behavior, TestAgent.Description, Quantize, cancellationToken: TestContext.Current.CancellationToken);
        exported.Keep("int8 weights, Gaussian latents, continuous actions");
        Assert.Null(manifest.Quantization!.EqualClasses);
        Assert.Equal("random", manifest.Quantization.Observations);
        Assert.Empty(manifest.Quantization.Evaluations);

        var actions = new List<float[]>();
        foreach (var weights in (AgentWeights[])[AgentWeights.AsTrained, AgentWeights.Quantized])
        {
            using var agent = DreamerAgent.Load(exported.Folder, weights: weights);
            using var session = agent.CreateSession();
            var action = new float[2];
            session.Act(new float[] { 1, -1, 0.5f, 2, 0 }, action);
            actions.Add(action);
            Assert.EndsWith(weights == AgentWeights.Quantized ? ".int8.onnx" : "policy.onnx", agent.Manifest.Graph(GraphNames.Policy).File, StringComparison.Ordinal);
        }
        Assert.NotEqual(actions[0], actions[1]);
        Assert.All(actions[0].Zip(actions[1]), pair => Assert.Equal(pair.First, pair.Second, 0.2));
    }

    [Fact]
    public void A_policy_that_moves_too_far_is_refused_and_nothing_is_written()
    {
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1)), Sizes);
        var folder = Path.Combine(agent.Folder, "agent");
        var error = Assert.Throws<QuantizationException>(() => AgentExporter.Export(
            folder, agent.Model, agent.Behavior, TestAgent.Description, Quantize with { PolicyKlBound = 0 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("the mean may be 0", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.Empty(Directory.GetFileSystemEntries(agent.Folder));
    }

    [Fact]
    public void An_agent_that_is_too_small_is_refused()
    {
        using var agent = new TestAgent(new ObservationSpace(null, 5), TestAgent.Options with { Deter = 10, Hidden = 10 });
        var error = Assert.Throws<QuantizationException>(() => AgentExporter.Export(
            Path.Combine(agent.Folder, "agent"), agent.Model, agent.Behavior, TestAgent.Description, Quantize, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("No dense layer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_without_them_says_how_to_get_them()
    {
        using var agent = new TestAgent(new ObservationSpace(null, 5));
        agent.Export();
        var error = Assert.Throws<InvalidAgentException>(() => DreamerAgent.Load(agent.Folder, weights: AgentWeights.Quantized));
        Assert.Contains("--quantize int8", error.Message, StringComparison.Ordinal);
    }
}
