using Dreamer.Inference;
using Dreamer.Inference.Verification;
using Dreamer.Training.Environments;
using Dreamer.Training.Tracing.Protobuf;
using Xunit;

namespace Dreamer.Training.Tests.Export;

public sealed class RecurrentLoopTests
{
    [Fact]
    public void A_row_that_depends_on_its_neighbours_is_found()
    {
        Assert.Equal([(GraphNames.Heads, TensorNames.Value)], Failed(GraphNames.Heads, TensorNames.Value, "ReduceMax", ("axes", 0L)));
    }

    [Fact]
    public void A_number_that_is_none_is_found() =>
        Assert.Equal([(GraphNames.Heads, TensorNames.Reward)], Failed(GraphNames.Heads, TensorNames.Reward, "Log"));

    /// <summary>The outputs that fail in the loop where to one of them is added what an operator makes of it.</summary>
    private static IEnumerable<(string Graph, string Output)> Failed(string graph, string output, string op, params (string Name, long Value)[] attributes)
    {
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1)));
        agent.Export();
        EditedAgent.Edit(agent.Folder, graph, proto =>
        {
            var last = proto.Node.Single(node => node.Output.Contains(output));
            var added = new NodeProto { OpType = op, Name = "added", Input = { last.Input[0] }, Output = { "added" } };
            foreach (var (name, value) in attributes)
            {
                added.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { value } });
            }
            proto.Node.Insert(proto.Node.IndexOf(last), added);
            last.OpType = "Add";
            last.Input.Add("added");
        });
        return [.. AgentVerifier.Verify(agent.Folder).Where(o => o is { Passed: false, Check: VerificationCheck.RecurrentLoop }).Select(o => (o.Graph, o.Output))];
    }
}
