using System.Security.Cryptography;
using Dreamer.Inference;
using Dreamer.Inference.IO;
using Dreamer.Training.Distributions;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using Google.Protobuf;
using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>Writes trained networks as an agent folder: ONNX graphs, the manifest, test data and a model card.</summary>
/// <remarks>
/// Deterministic: equal networks and descriptions give equal files. Draws nothing from TorchSharp's generator. The networks must not
/// be trained meanwhile.
/// </remarks>
public static class AgentExporter
{
    private const int TestDataBatch = 3;
    private const int TestDataSteps = 2;

    /// <summary>Creates an agent folder, or replaces it as a whole.</summary>
    /// <param name="folder">The folder; it is never left half written.</param>
    /// <param name="model">The world model.</param>
    /// <param name="behavior">The actor and the critic.</param>
    /// <param name="description">What the networks do not know.</param>
    /// <param name="evaluate">Plays the exported agent and says what it scored, in place of the scores that the description has; null where it is not to be played.</param>
    /// <returns>What the folder's <c>agent.json</c> says.</returns>
    /// <exception cref="InvalidOperationException">A network cannot be traced faithfully; the message says where.</exception>
    /// <exception cref="IOException">The folder could not be written; an old one is untouched.</exception>
    public static AgentManifest Export(
        string folder,
        WorldModelNetworks model,
        ActorCriticNetworks behavior,
        AgentDescription description,
        Func<DreamerAgent, IReadOnlyList<EvaluationManifest>>? evaluate = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(behavior);
        ArgumentNullException.ThrowIfNull(description);

        using var scope = NewDisposeScope();
        var graphs = AgentGraphs.Of(model, behavior);
        var files = new List<(GraphManifest Manifest, byte[] Bytes)>();
        foreach (var graph in graphs)
        {
            var onnx = OnnxExporter.Export(graph.Traced, model, behavior);
            var bytes = onnx.ToByteArray();
            files.Add((Describe(graph.Traced.Name, onnx.Graph, bytes), bytes));
        }
        var manifest = Describe(model, behavior, description, [.. files.Select(file => file.Manifest)]);
        // A random observation in the second step, so that the state before it is no longer zeros.
        var examples = ExampleEpisode.Run(graphs, model.ActionSpace, TestDataBatch, TestDataSteps, new SeededRandom(0), model.parameters().First().device)
            .TakeLast(graphs.Count).ToList();

        AtomicDirectory.Replace(folder, temporary =>
        {
            foreach (var (graph, bytes) in files)
            {
                AtomicFile.WriteAllBytes(Path.Combine(temporary, graph.File), bytes);
            }
            foreach (var example in examples)
            {
                WriteTestData(Path.Combine(temporary, "test_data", example.Graph.Traced.Name), example);
            }
            AtomicFile.WriteAllBytes(Path.Combine(temporary, AgentManifest.FileName), manifest.ToJson());
            if (evaluate is not null)
            {
                using var agent = DreamerAgent.Load(temporary);
                manifest = manifest with { Provenance = manifest.Provenance with { Evaluations = evaluate(agent) } };
                AtomicFile.WriteAllBytes(Path.Combine(temporary, AgentManifest.FileName), manifest.ToJson());
            }
            AtomicFile.WriteAllText(Path.Combine(temporary, "README.md"), ModelCard.Of(manifest, files.ToDictionary(f => f.Manifest.Name, f => f.Bytes.Length)));
        });
        return manifest;
    }

    private static AgentManifest Describe(
        WorldModelNetworks model, ActorCriticNetworks behavior, AgentDescription description, IReadOnlyList<GraphManifest> graphs)
    {
        var actions = model.ActionSpace;
        return new AgentManifest
        {
            Name = description.Name,
            Algorithm = "dreamerv2",
            Preset = description.Preset,
            Observations = [.. AgentGraphs.Observations(model).Select(input => new ObservationManifest(input.Name, input.Type, input.Shape))],
            Action = new ActionManifest
            {
                Kind = actions.IsDiscrete ? ActionManifest.Discrete : ActionManifest.Continuous,
                Size = actions.Size,
                Names = actions.IsDiscrete ? actions.Names : null,
                Low = actions.IsDiscrete ? null : actions.Low,
                High = actions.IsDiscrete ? null : actions.High,
                Distribution = NameOf(behavior.Actor.Actions),
            },
            Latent = Describe(model),
            Heads = new HeadsManifest(
                ValueIncludesReward: true, description.RewardTransform, model.Discount is null ? "constant" : "predicted", description.Gamma),
            Graphs = graphs,
            Provenance = description.Provenance,
        };
    }

    private static LatentManifest Describe(WorldModelNetworks model)
    {
        var (options, isGaussian) = (model.Options, model.Rssm.Latents is DiagonalGaussian);
        return new LatentManifest(
            isGaussian ? LatentManifest.Gaussian : LatentManifest.Categorical,
            options.Deter,
            options.Stoch,
            isGaussian ? 1 : options.Classes,
            model.Encoder.EmbeddingSize,
            options.PriorEnsemble);
    }

    private static string NameOf(IDistribution actions) => actions switch
    {
        TruncatedNormal => ActionManifest.TruncatedNormal,
        TanhNormal => ActionManifest.TanhNormal,
        DiagonalGaussian => ActionManifest.Normal,
        _ => ActionManifest.OneHot,
    };

    private static GraphManifest Describe(string name, GraphProto graph, byte[] bytes) => new(
        name,
        $"{name}.onnx",
        Convert.ToHexStringLower(SHA256.HashData(bytes)),
        [.. graph.Input.Select(Describe)],
        [.. graph.Output.Select(Describe)]);

    private static TensorManifest Describe(ValueInfoProto value)
    {
        var tensor = value.Type.TensorType;
        return new TensorManifest(
            value.Name,
            tensor.ElemType == ElementType.UInt8 ? "uint8" : "float32",
            [.. tensor.Shape.Dim.Skip(1).Select(size => (int)size.DimValue)]);
    }

    private static void WriteTestData(string folder, ExampleStep example)
    {
        foreach (var (index, input) in example.Graph.Traced.Inputs.Index())
        {
            Write($"input_{index}.pb", input.Name, example.Inputs[input.Name]);
        }
        foreach (var (index, (name, value)) in example.Outputs.Index())
        {
            Write($"output_{index}.pb", name, value);
        }

        void Write(string file, string name, Tensor value) =>
            AtomicFile.WriteAllBytes(Path.Combine(folder, file), OnnxTensors.ToProto(name, value).ToByteArray());
    }
}
