using System.Security.Cryptography;
using Dreamer.Inference;
using Dreamer.Inference.IO;

namespace Dreamer.TestSupport;

/// <summary>An agent that nobody trained: the real graphs' names, shapes and way of sampling over small random networks.</summary>
public sealed class SyntheticAgent
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files = [];

    /// <summary>An agent that sees images and picks one of three actions.</summary>
    public static SyntheticAgent Small { get; } = new(new ImageShape(6, 5, 1), 0, Discrete, new LatentManifest("categorical", 8, 3, 4, 7));

    /// <summary>An agent that sees vectors and moves two joints.</summary>
    public static SyntheticAgent Continuous { get; } = new(null, 4, Joints, new LatentManifest("categorical", 8, 3, 4, 7));

    /// <summary>An agent with Gaussian latents that sees vectors and moves two joints.</summary>
    public static SyntheticAgent Gaussian { get; } = new(null, 4, Joints, new LatentManifest(LatentManifest.Gaussian, 8, 5, 1, 7));

    /// <summary>An agent that sees an image and a vector.</summary>
    public static SyntheticAgent Both { get; } = new(new ImageShape(5, 6, 3), 2, Discrete, new LatentManifest("categorical", 8, 3, 4, 7));

    /// <summary>An agent whose layers are wide enough for ONNX Runtime to split its products.</summary>
    public static SyntheticAgent Wide { get; } = new(new ImageShape(10, 10, 3), 0, Discrete, new LatentManifest("categorical", 200, 16, 16, 256));

    private SyntheticAgent(ImageShape? image, int vector, ActionManifest action, LatentManifest latent)
    {
        var observations = new List<ObservationManifest>();
        if (image is not null)
        {
            observations.Add(new(TensorNames.Image, "uint8", [image.Height, image.Width, image.Channels]));
        }
        if (vector > 0)
        {
            observations.Add(new(TensorNames.Vector, "float32", [vector]));
        }

        var random = new Random(5);
        Manifest = new AgentManifest
        {
            Name = "test",
            Algorithm = "dreamerv2",
            Preset = "test",
            Observations = observations,
            Action = action,
            Latent = latent,
            Heads = new HeadsManifest(ValueIncludesReward: true, "identity", "predicted", 0.99),
            Provenance = new ProvenanceManifest { Environment = "none", Steps = 0, Updates = 0, Seed = 5 },
            Graphs =
            [
                Add(GraphNames.Encoder, TestGraphs.Encoder(random, image, vector, latent)),
                Add(GraphNames.RssmObserve, TestGraphs.Observe(random, action, latent)),
                Add(GraphNames.Surprise, TestGraphs.Surprise(random, latent)),
                Add(GraphNames.RssmImagine, TestGraphs.Imagine(random, action, latent)),
                Add(GraphNames.Policy, TestGraphs.Policy(random, action, latent)),
                Add(GraphNames.Heads, TestGraphs.Heads(random, latent)),
                Add(GraphNames.Decoder, TestGraphs.Decoder(random, image, vector, latent)),
            ],
        };
    }

    public AgentManifest Manifest { get; }

    private static ActionManifest Discrete => new() { Kind = ActionManifest.Discrete, Size = 3, Names = ["left", "stay", "right"] };

    private static ActionManifest Joints => new() { Kind = ActionManifest.Continuous, Size = 2, Low = [-1, -1], High = [1, 1] };

    /// <summary>The agent, in memory.</summary>
    public DreamerAgent Load(AgentExecutionOptions? execution = null) => DreamerAgent.FromParts(Manifest, _files, execution);

    /// <summary>The agent under another manifest.</summary>
    public DreamerAgent LoadAs(AgentManifest manifest) => DreamerAgent.FromParts(manifest, _files);

    /// <summary>The agent without some of its graphs.</summary>
    public DreamerAgent LoadWithout(params string[] graphs) =>
        DreamerAgent.FromParts(Manifest, _files.Where(file => !graphs.Contains(file.Key)).ToDictionary());

    /// <summary>The bytes of a graph.</summary>
    public ReadOnlyMemory<byte> Graph(string name) => _files[name];

    /// <summary>Writes the agent's folder.</summary>
    public string Write(string folder)
    {
        foreach (var graph in Manifest.Graphs)
        {
            AtomicFile.WriteAllBytes(Path.Combine(folder, graph.File), _files[graph.Name].Span);
        }
        AtomicFile.WriteAllBytes(Path.Combine(folder, AgentManifest.FileName), Manifest.ToJson());
        return folder;
    }

    private GraphManifest Add(string name, OnnxGraph graph)
    {
        var model = graph.ToModel();
        _files.Add(name, model);
        return new GraphManifest(name, $"{name}.onnx", Convert.ToHexStringLower(SHA256.HashData(model)), graph.Inputs, graph.Outputs);
    }
}
