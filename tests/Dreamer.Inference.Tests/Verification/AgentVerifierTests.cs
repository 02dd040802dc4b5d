using Dreamer.Inference.Tests.Agents;
using Dreamer.Inference.Tests.Onnx;
using Dreamer.Inference.Verification;
using Xunit;

namespace Dreamer.Inference.Tests.Verification;

public sealed class AgentVerifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_agent_that_is_whole_passes_with_a_line_for_every_output()
    {
        var outputs = AgentVerifier.Verify(CatchAgent.Folder);
        using var agent = CatchAgent.Load();
        var each = agent.Manifest.Graphs.SelectMany(g => g.Outputs.Select(o => (g.Name, o.Name))).Order();
        Assert.All(outputs.GroupBy(o => o.Check), check => Assert.Equal(each, check.Select(o => (o.Graph, o.Output)).Order()));
        Assert.Equal(2, outputs.DistinctBy(o => o.Check).Count());
        Assert.All(outputs, output => Assert.True(output.Passed, $"{output}"));
    }

    [Fact]
    public void A_recorded_value_that_is_not_what_the_graph_computes_fails()
    {
        var copy = CatchAgent.CopyTo(_folder);
        var path = Path.Combine(copy, "test_data", GraphNames.Heads, "output_0.pb");
        var bytes = File.ReadAllBytes(path);
        // The values are the last field of the file; the upper byte of the last float makes it another number altogether.
        bytes[^1] ^= 0x40;
        File.WriteAllBytes(path, bytes);
        Assert.Equal([(GraphNames.Heads, TensorNames.Reward)], AgentVerifier.Verify(copy).Where(o => !o.Passed).Select(o => (o.Graph, o.Output)));
    }

    [Fact]
    public void Missing_and_foreign_test_data_are_named()
    {
        var copy = CatchAgent.CopyTo(_folder);
        var data = Path.Combine(copy, "test_data", GraphNames.Policy);
        File.Copy(Path.Combine(data, "input_1.pb"), Path.Combine(data, "input_0.pb"), overwrite: true);
        Assert.Contains("holds 'action_noise'", Assert.Throws<InvalidAgentException>(() => AgentVerifier.Verify(copy)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(data, "input_0.pb"), [1, 2, 3]);
        Assert.Contains("is not a test tensor", Assert.Throws<InvalidAgentException>(() => AgentVerifier.Verify(copy)).Message, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
        Assert.Contains("input_0.pb' is missing", Assert.Throws<InvalidAgentException>(() => AgentVerifier.Verify(copy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_a_run_shows_to_be_wrong_is_refused_as_well()
    {
        var copy = CatchAgent.CopyTo(_folder);
        // The recorded inputs have 3 rows.
        File.WriteAllBytes(
            Path.Combine(copy, "test_data", GraphNames.RssmObserve, "input_2.pb"),
            Protobuf.Message(
                Protobuf.Field(1, Protobuf.Varint(2), Protobuf.Varint(1)), Protobuf.Field(2, 1), Protobuf.Field(8, TensorNames.IsFirst), Protobuf.Field(9, new byte[8])));
        Assert.Contains("Graph 'rssm_observe' cannot be run", Assert.Throws<InvalidAgentException>(() => AgentVerifier.Verify(copy)).Message, StringComparison.Ordinal);
    }
}
