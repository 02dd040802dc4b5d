using Dreamer.Inference.Inspection;
using Xunit;

namespace Dreamer.Inference.Tests.Inspection;

public sealed class AgentInspectorTests
{
    private static readonly AgentInspection Catch = AgentInspector.Inspect(CatchAgent.Folder);

    [Fact]
    public void Dense_layers_count_two_operations_a_weight()
    {
        // 192 -> 64 -> 64 -> 3.
        var weights = 192 * 64 + 64 * 64 + 64 * 3;
        var policy = Find(GraphNames.Policy);
        Assert.Equal(weights + 64 + 64 + 3, policy.ParameterCount);
        Assert.Equal(2 * weights, policy.Flops);
        Assert.InRange(policy.WeightBytes, 4 * policy.ParameterCount, policy.FileBytes);
        Assert.Equal(17, policy.Opset);
    }

    [Fact]
    public void Convolutions_count_at_every_position()
    {
        // 10x5x1 -> 8x3x16 -> 6x3x32 -> 4x3x64 by 3x3 kernels, then a dense layer to 128 numbers.
        var multiplyAdds = 8 * 3 * 9 * 16 + 6 * 3 * 9 * 16 * 32 + 4 * 3 * 9 * 32 * 64 + 4 * 3 * 64 * 128;
        Assert.Equal(2 * multiplyAdds, Find(GraphNames.Encoder).Flops);
        Assert.True(Find(GraphNames.Decoder).Flops > 2 * Find(GraphNames.Decoder).ParameterCount);
    }

    [Fact]
    public void What_graphs_share_counts_once_in_the_agent_and_every_time_in_a_step()
    {
        var (observe, imagine) = (Find(GraphNames.RssmObserve), Find(GraphNames.RssmImagine));
        Assert.NotEmpty(observe.Parameters.Keys.Intersect(imagine.Parameters.Keys));
        Assert.True(Catch.ParameterCount < Catch.Graphs.Sum(graph => graph.ParameterCount));
        var act = Catch.Steps.Single(step => step.Name == "act");
        Assert.Equal(Find(GraphNames.Encoder).WeightBytes + observe.WeightBytes + Find(GraphNames.Policy).WeightBytes, act.WeightBytes);
        Assert.Equal(Find(GraphNames.Encoder).Flops + observe.Flops + Find(GraphNames.Policy).Flops, act.Flops);
    }

    [Fact]
    public void A_folder_that_is_none_is_named() =>
        Assert.Contains("Agent folder", Assert.Throws<InvalidAgentException>(() => AgentInspector.Inspect("none")).Message, StringComparison.Ordinal);

    private static GraphInspection Find(string name) => Catch.Graphs.Single(graph => graph.Manifest.Name == name);
}
