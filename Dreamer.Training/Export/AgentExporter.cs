using Dreamer.Inference;
using Dreamer.Inference.IO;
using Dreamer.Training.Behavior;
using Dreamer.Training.Distributions;
using Dreamer.Training.Environments;
using Dreamer.Training.Export.Quantization;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Validation;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>Writes trained networks as an agent folder: ONNX graphs, the manifest, test data and a model card.</summary>
/// <remarks>
/// Deterministic: equal networks and descriptions give equal files. Does not use TorchSharp's generator. The networks must not
/// be trained at the same time.
/// </remarks>
internal static class AgentExporter
{
    private const int TestDataBatch = 3;
    private const int TestDataSteps = 2;

    /// <summary>Creates or replaces an agent folder.</summary>
    /// <param name="folder">The folder; it is replaced as a whole.</param>
    /// <param name="model">The world model.</param>
    /// <param name="behavior">The actor and the critic.</param>
    /// <param name="description">The facts that the networks do not hold.</param>
    /// <param name="options">The contents of the export, and its evaluation.</param>
    /// <param name="environments">
    /// Creates environments from seeds for the evaluation of the exported agent; if null, the scores of the description remain.
    /// </param>
    /// <param name="cancellationToken">Cancels it; then nothing is written.</param>
    /// <returns>The folder's <c>agent.json</c>.</returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="InvalidOperationException">A network cannot be traced faithfully; the message says why.</exception>
    /// <exception cref="QuantizationException">Int8 weights are requested, but the agent cannot have them.</exception>
    /// <exception cref="IOException">The folder could not be written; an existing one is unchanged.</exception>
    public static AgentManifest Export(
        string folder,
        WorldModelNetworks model,
        ActorCriticNetworks behavior,
        AgentDescription description,
        AgentExportOptions? options = null,
        Func<ulong, IEnvironment>? environments = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new AgentExportOptions();
        OptionErrors.Validate(options.Errors(), "The export options", nameof(options));

        using var scope = NewDisposeScope();
        IReadOnlyList<ExportedGraph> graphs =
        [
            .. AgentGraphs.CreateAll(model, behavior),
            .. options.Rollout ? [RolloutGraph.Create(model, behavior, description)] : (ExportedGraph[])[],
        ];
        // Two steps, so that the second starts from a state that is not zeros.
        var examples = ExampleEpisode.Run(graphs, model.ActionSpace, TestDataBatch, TestDataSteps, new SeededRandom(0), model.parameters().First().device)
            .TakeLast(graphs.Count);
        List<(ModelProto Model, ExportedFile File)> traced =
        [
            .. from example in examples
               let onnx = OnnxExporter.Export(example.Graph.Traced, model, behavior)
               select (onnx, ExportedFile.Create(onnx, example)),
        ];
        List<ExportedFile> files = [.. traced.Select(graph => graph.File)];
        var quantized = options.Quantize ? QuantizedFolder.Quantize(traced) : [];
        var manifest = Describe(model, behavior, description, [.. files.Select(file => file.Manifest)]) with
        {
            Int8Graphs = [.. quantized.Select(file => file.Manifest)],
        };
        AtomicDirectory.Replace(folder, temporary =>
        {
            foreach (var file in files.Concat(quantized))
            {
                file.Write(temporary);
            }
            AtomicFile.WriteAllBytes(Path.Combine(temporary, AgentManifest.FileName), manifest.ToJson());
            using var created = environments is null ? null : new CreatedEnvironments(environments);
            manifest = Scored(temporary, manifest, options, created is null ? null : created.Create, cancellationToken);
            AtomicFile.WriteAllBytes(Path.Combine(temporary, AgentManifest.FileName), manifest.ToJson());
            AtomicFile.WriteAllText(
                Path.Combine(temporary, "README.md"), ModelCard.Write(manifest, files.Concat(quantized).ToDictionary(f => f.Manifest.File, f => f.Bytes.Length)));
        });
        return manifest;
    }

    /// <summary>Adds the scores of the agent in the folder and the fidelity of its int8 weights to the manifest.</summary>
    private static AgentManifest Scored(
        string folder, AgentManifest manifest, AgentExportOptions options, Func<ulong, IEnvironment>? environments, CancellationToken cancellationToken)
    {
        var seed = manifest.Provenance.Seed;
        if (environments is not null && options.EvaluationEpisodes > 0)
        {
            using var agent = DreamerAgent.Load(folder);
            var scores = ExportEvaluation.Play(agent, environments, options.EvaluationEpisodes, seed, cancellationToken);
            manifest = manifest with { Provenance = manifest.Provenance with { Evaluations = scores } };
        }
        return options.Quantize
            ? manifest with { Quantization = QuantizedFolder.Check(folder, environments, options, seed, cancellationToken) } : manifest;
    }

    private static AgentManifest Describe(
        WorldModelNetworks model, ActorCriticNetworks behavior, AgentDescription description, IReadOnlyList<GraphManifest> graphs)
    {
        return new AgentManifest
        {
            Name = description.Name,
            Algorithm = description.Algorithm,
            Preset = description.Preset,
            Observations = [.. AgentGraphs.Observations(model).Select(input => new ObservationManifest(input.Name, input.Type, input.Shape))],
            Action = model.ActionSpace.ToManifest() with { Distribution = NameOf(behavior.Actor.Actions) },
            Latent = Describe(model),
            Heads = new HeadsManifest(
                description.ValueIncludesReward, description.RewardTransform, model.Discount is null ? "constant" : "predicted", description.Gamma)
            {
                RewardScale = description.RewardScale == 1 ? null : description.RewardScale,
                Lambda = graphs.Any(graph => graph.Name == GraphNames.Rollout) ? description.Lambda : null,
            },
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
}
