using System.Text.Json.Nodes;
using Dreamer.Inference;
using Dreamer.Inference.Verification;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Export;

public sealed class AgentParityTests
{
    private static readonly Lazy<JsonNode> ManifestSchema = new(() =>
        JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "agent-folder.schema.json")))!);

    [Theory]
    [InlineData(10, 5, 1, 0)]
    [InlineData(10, 10, 4, 2)]
    [InlineData(64, 64, 3, 0)]
    [InlineData(47, 33, 2, 0)]
    [InlineData(0, 0, 0, 4)]
    public void Every_output_is_what_TorchSharp_computes(int height, int width, int channels, int vector)
    {
        using var agent = new TestAgent(new ObservationSpace(height == 0 ? null : new ImageShape(height, width, channels), vector));
        var manifest = agent.Export();
        agent.Keep($"{height}x{width}x{channels} and {vector}");
        var report = AgentParity.Check(agent.Folder, agent.Model, agent.Behavior);

        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Outputs));
        Assert.Equal(manifest.Graphs.SelectMany(g => g.Outputs.Select(o => (g.Name, o.Name))), report.Outputs.Select(o => (o.Graph, o.Output)));
        // 1 + 3 + 64 rows in 4 steps; 6 categoricals in a latent state.
        Assert.Equal(68 * 4 * 6, report.Outputs.Single(o => o is { Graph: GraphNames.RssmObserve, Output: TensorNames.Latent }).Samples);
        Assert.Equal(68 * 4, report.Outputs.Single(o => o.Output == TensorNames.ActionMode).Samples);
    }

    [Theory]
    [MemberData(nameof(NetworkKinds.Names), MemberType = typeof(NetworkKinds))]
    public void Every_kind_of_network_is_what_TorchSharp_computes(string kind)
    {
        var (options, actions) = NetworkKinds.Of(kind, TestAgent.Options);
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1), 3), options, actions);
        var manifest = agent.Export();
        agent.Keep(kind);
        Assert.Empty(JsonSchemaErrors.Find(ManifestSchema.Value, JsonNode.Parse(File.ReadAllBytes(Path.Combine(agent.Folder, AgentManifest.FileName)))));
        Assert.All(AgentVerifier.Verify(agent.Folder), output => Assert.True(output.Passed, $"{output}"));
        var report = AgentParity.Check(agent.Folder, agent.Model, agent.Behavior);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Outputs));
        Assert.Equal(manifest.Graphs.SelectMany(g => g.Outputs.Select(o => (g.Name, o.Name))), report.Outputs.Select(o => (o.Graph, o.Output)));
    }

    [Theory]
    [InlineData(800f, 1f)]
    [InlineData(1f, 1e4f)]
    public void Large_actions_and_large_vectors_are_compared_relatively(float actions, float vectors)
    {
        using var agent = new TestAgent(new ObservationSpace(null, 3), actions: ActionSpace.Continuous([-actions, -actions], [actions, actions]));
        using (torch.no_grad())
        {
            agent.Model.named_parameters().Single(p => p.name == "decoder.vector.out.bias").parameter.add_(vectors);
        }
        agent.Export();
        var report = AgentParity.Check(agent.Folder, agent.Model, agent.Behavior);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Outputs));
        Assert.True(report.MaxScaledDifference <= report.MaxAbsDifference);
        Assert.All(AgentVerifier.Verify(agent.Folder), output => Assert.True(output.Passed, $"{output}"));
    }

    [Theory]
    [InlineData("rssm.img_in.weight", GraphNames.RssmObserve, TensorNames.Latent)]
    [InlineData("reward.out.bias", GraphNames.Heads, TensorNames.Reward)]
    [InlineData("decoder.image.convolutions.2.bias", GraphNames.Decoder, TensorNames.Image)]
    public void A_weight_that_changed_since_the_export_is_found(string parameter, string graph, string output)
    {
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1)));
        agent.Export();
        using (torch.no_grad())
        {
            agent.Model.named_parameters().Single(p => p.name == parameter).parameter.add_(0.05f);
        }
        var report = AgentParity.Check(agent.Folder, agent.Model, agent.Behavior);
        Assert.False(report.Passed);
        Assert.True(report.Outputs.Single(o => o.Graph == graph && o.Output == output).MaxAbsDifference > 1e-3);
    }

    [Fact]
    public void A_sample_that_differs_without_a_tie_is_found()
    {
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1)));
        agent.Export();
        using (torch.no_grad())
        {
            agent.Behavior.named_parameters().Single(p => p.name == "actor.head.out.bias").parameter[0] += 2;
        }
        var report = AgentParity.Check(agent.Folder, agent.Model, agent.Behavior);
        Assert.True(report.DifferingSamples > 0);
        Assert.False(report.Passed);
    }

    [Fact]
    public void A_weight_that_is_no_number_does_not_pass()
    {
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1)));
        using (torch.no_grad())
        {
            agent.Model.named_parameters().Single(p => p.name == "reward.out.bias").parameter.fill_(float.NaN);
        }
        agent.Export();
        Assert.False(AgentParity.Check(agent.Folder, agent.Model, agent.Behavior).Passed);
    }

    [Fact]
    public void A_damaged_folder_is_refused()
    {
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1)));
        agent.Export();
        File.AppendAllText(Path.Combine(agent.Folder, "heads.onnx"), "x");
        var error = Assert.Throws<InvalidAgentException>(() => AgentParity.Check(agent.Folder, agent.Model, agent.Behavior));
        Assert.Contains("heads.onnx", error.Message, StringComparison.Ordinal);
    }
}
