using System.Text.Json.Nodes;
using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training.Tests.Export;

/// <summary>A small untrained agent and the folder that it is exported to.</summary>
internal sealed class TestAgent : IDisposable
{
    public static readonly NetworkOptions Options = new()
    {
        Deter = 24, Hidden = 20, Stoch = 6, Classes = 5, HeadUnits = 16, HeadLayers = 2, CnnDepth = 4, ImageEmbedding = 32, VectorUnits = 12,
        VectorLayers = 2,
    };

    public TestAgent(ObservationSpace observation, NetworkOptions? options = null, ActionSpace? actions = null)
    {
        torch.manual_seed(1);
        Model = new WorldModelNetworks(options ?? Options, observation, actions ?? ActionSpace.Discrete("left", "stay", "right"));
        Behavior = new ActorCriticNetworks(Model.Options, Model.ActionSpace);
    }

    public static AgentDescription Description => new()
    {
        Name = "test",
        Preset = "tiny",
        Gamma = 0.99,
        Provenance = new ProvenanceManifest
        {
            Environment = "catch", Steps = 1000, Updates = 50, Seed = 1, Config = new JsonObject { ["horizon"] = 15 },
            Evaluations = [new EvaluationManifest(0.5, 0.25, 100, EvaluationManifest.Greedy)],
            Packages = new Dictionary<string, string>(StringComparer.Ordinal) { ["TorchSharp"] = "0.107.0" },
        },
    };

    public WorldModelNetworks Model { get; }

    public ActorCriticNetworks Behavior { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("dreamer-export-").FullName;

    public AgentManifest Export() => AgentExporter.Export(Folder, Model, Behavior, Description);

    /// <summary>Leaves a copy of the folder for other programs to check, where <c>DREAMER_KEEP_AGENTS</c> names a place.</summary>
    /// <param name="name">What the copy is called; what is no letter or digit becomes a hyphen.</param>
    public void Keep(string name)
    {
        if (Environment.GetEnvironmentVariable("DREAMER_KEEP_AGENTS") is not { Length: > 0 } place)
        {
            return;
        }
        var target = Path.Combine(place, string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')));
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    public void Dispose()
    {
        Model.Dispose();
        Behavior.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
