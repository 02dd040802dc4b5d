using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Tracing.Protobuf;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Export;

public sealed class AgentExporterTests
{
    private static readonly ObservationSpace Grid = new(new ImageShape(10, 5, 1), 3);

    [Fact]
    public void A_folder_holds_the_graphs_of_the_contract()
    {
        using var agent = new TestAgent(Grid);
        var manifest = agent.Export();
        const string stoch = "30", latent = "54", embedding = "44";
        string[] expected =
        [
            $"encoder: image[10,5,1] vector[3] -> embedding[{embedding}]",
            $"rssm_observe: prev_latent[{latent}] prev_action[3] is_first[1] embedding[{embedding}] stoch_noise[{stoch}] -> latent[{latent}] posterior_logits[{stoch}]",
            $"surprise: latent[{latent}] posterior_logits[{stoch}] -> prior_logits[{stoch}] kl[1]",
            $"rssm_imagine: prev_latent[{latent}] prev_action[3] stoch_noise[{stoch}] -> latent[{latent}] prior_logits[{stoch}]",
            $"policy: latent[{latent}] action_noise[3] -> action[3] action_mode[3] logits[3]",
            $"heads: latent[{latent}] -> reward[1] discount[1] value[1]",
            $"decoder: latent[{latent}] -> image[10,5,1] vector[3]",
        ];
        Assert.Equal(expected, manifest.Graphs.Select(g => $"{g.Name}: {Text(g.Inputs)} -> {Text(g.Outputs)}"));
        Assert.Equal("uint8", manifest.Graph(GraphNames.Decoder).Outputs[0].Type);
        Assert.Equal(["left", "stay", "right"], manifest.Action.Names);
        Assert.Equal(new HeadsManifest(true, "identity", "predicted", 0.99), manifest.Heads);

        static string Text(IEnumerable<TensorManifest> tensors) => string.Join(' ', tensors.Select(t => $"{t.Name}[{string.Join(',', t.Shape)}]"));
    }

    [Fact]
    public void An_exported_agent_acts()
    {
        using var exported = new TestAgent(Grid);
        exported.Export();
        using var agent = DreamerAgent.Load(exported.Folder);
        using var session = agent.CreateSession(new AgentSessionOptions { Seed = 7 });
        for (var step = 0; step < 3; step++)
        {
            Assert.InRange(session.Act(new AgentObservation(new byte[50], new float[3])), 0, 2);
        }
        Assert.True(session.Surprise >= 0);
        Assert.InRange(session.Discount, 0, 1);
        Assert.All(GraphNames.All, graph => Assert.True(agent.HasGraph(graph)));
    }

    [Fact]
    public void Test_data_holds_what_the_graphs_answer()
    {
        using var agent = new TestAgent(Grid);
        foreach (var graph in agent.Export().Graphs)
        {
            var folder = Path.Combine(agent.Folder, "test_data", graph.Name);
            var inputs = Read(folder, "input", graph.Inputs);
            var outputs = Read(folder, "output", graph.Outputs);
            using var session = new OnnxSession(File.ReadAllBytes(Path.Combine(agent.Folder, graph.File)));
            var found = session.Run(inputs);
            Assert.Equal(graph.Inputs.Count + graph.Outputs.Count, Directory.GetFiles(folder).Length);
            Assert.All(outputs, output => TensorAssert.Close(output.Value.to(torch.float32), found[output.Key].to(torch.float32), 1e-4));
        }
        var latent = Read(Path.Combine(agent.Folder, "test_data", "rssm_observe"), "input", agent.Export().Graph(GraphNames.RssmObserve).Inputs)["prev_latent"];
        Assert.True(latent.abs().max().item<float>() > 0);
    }

    [Fact]
    public void Equal_networks_give_equal_files_and_leave_the_generator_alone()
    {
        using var agent = new TestAgent(Grid);
        torch.manual_seed(5);
        var expected = torch.rand(4);
        torch.manual_seed(5);
        agent.Export();
        TensorAssert.Equal(expected, torch.rand(4));

        var files = Files();
        agent.Export();
        Assert.Equal(files, Files());

        SortedDictionary<string, string> Files() => new(
            Directory.GetFiles(agent.Folder, "*", SearchOption.AllDirectories).ToDictionary(f => f, f => Convert.ToHexString(File.ReadAllBytes(f))),
            StringComparer.Ordinal);
    }

    [Fact]
    public void The_model_card_says_what_the_agent_is_and_how_to_use_it()
    {
        using var agent = new TestAgent(Grid);
        agent.Export();
        var card = File.ReadAllText(Path.Combine(agent.Folder, "README.md"));
        Assert.Contains("A DreamerV2 agent for", card, StringComparison.Ordinal);
        foreach (var part in (string[])["# test", "- return 0.50 +- 0.25 over 100 greedy episodes", "left, stay, right", "`rssm_observe.onnx`", "new(image, vector)"])
        {
            Assert.Contains(part, card, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, torch.Tensor> Read(string folder, string kind, IReadOnlyList<TensorManifest> tensors) =>
        tensors.Index().ToDictionary(t => t.Item.Name, t =>
        {
            var proto = TensorProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, $"{kind}_{t.Index}.pb")));
            Assert.Equal(t.Item.Name, proto.Name);
            var tensor = torch.empty([.. proto.Dims], t.Item.Type == "uint8" ? torch.uint8 : torch.float32);
            proto.RawData.Span.CopyTo(tensor.bytes);
            return tensor;
        });
}
