using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Export;

/// <summary>What a graph says of a row does not depend on the batch that the row is in, to the last bit.</summary>
public sealed class BatchIndependenceTests
{
    /// <summary>Hardly a row of any layer fills the registers that it is computed in.</summary>
    private static readonly NetworkOptions OddSizes = new()
    {
        Deter = 23, Hidden = 19, Stoch = 7, Classes = 5, HeadUnits = 17, HeadLayers = 2, CnnDepth = 3, ImageEmbedding = 29, VectorUnits = 11,
        VectorLayers = 2,
    };

    [Theory]
    [InlineData(10, 5, 1)]
    [InlineData(64, 64, 3)]
    [InlineData(47, 33, 2)]
    public void A_row_is_the_same_alone_and_in_any_batch(int height, int width, int channels)
    {
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(height, width, channels), 3), OddSizes);
        Check(agent);
    }

    [Theory]
    [MemberData(nameof(NetworkKinds.Names), MemberType = typeof(NetworkKinds))]
    public void A_row_is_the_same_in_every_kind_of_network(string kind)
    {
        var (options, actions) = NetworkKinds.Of(kind, OddSizes);
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1), 3), options, actions);
        Check(agent);
    }

    private static void Check(TestAgent agent)
    {
        const int rows = 33;
        using var scope = torch.NewDisposeScope();
        var random = new SeededRandom(4);
        foreach (var graph in agent.Export().Graphs)
        {
            using var session = new OnnxSession(File.ReadAllBytes(Path.Combine(agent.Folder, graph.File)));
            var inputs = graph.Inputs.ToDictionary(i => i.Name, i => ExampleTensors.For(i, rows, random));
            var whole = session.Run(inputs);
            foreach (var size in (int[])[1, 2, 3, 5, 16])
            {
                for (var start = 0; start + size <= rows; start += 7)
                {
                    var part = session.Run(inputs.ToDictionary(i => i.Key, i => i.Value.narrow(0, start, size)));
                    foreach (var (name, value) in part)
                    {
                        Assert.True(
                            whole[name].narrow(0, start, size).eq(value).all().item<bool>(),
                            $"{graph.Name}.{name}: rows {start} to {start + size - 1} alone");
                    }
                }
            }
        }
    }
}
