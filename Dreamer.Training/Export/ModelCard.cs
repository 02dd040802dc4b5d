using System.Globalization;
using System.Text;
using Dreamer.Inference;

namespace Dreamer.Training.Export;

/// <summary>The README of an agent folder, written from its manifest.</summary>
internal static class ModelCard
{
    /// <summary>Writes the card as Markdown.</summary>
    /// <param name="manifest">The manifest of the folder.</param>
    /// <param name="sizes">The bytes of each graph's file, by the file's name.</param>
    public static string Write(AgentManifest manifest, IReadOnlyDictionary<string, int> sizes)
    {
        // A card reads alike wherever it is written: other cultures write 0,5 for 0.5.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return Text(manifest, sizes);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Text(AgentManifest manifest, IReadOnlyDictionary<string, int> sizes)
    {
        var provenance = manifest.Provenance;
        var card = new StringBuilder();
        Line($"# {manifest.Name}");
        Line();
        Line($"A {Algorithm(manifest)} agent for {provenance.Environment}: a world model that carries a latent state from observation to observation,");
        Line("predicts reward, discount and value, and imagines what actions would lead to; and a policy that acts on that state.");
        Line("Every part is an ONNX graph of its own (opset 17, float32, free first dimension `batch`).");
        Line();
        Line("## Score");
        Line();
        if (provenance.Evaluations.Count == 0)
        {
            Line("Not evaluated.");
        }
        foreach (var score in provenance.Evaluations)
        {
            Line($"- {score}");
        }
        Line();
        Line("## Use");
        Line();
        Line("```csharp");
        Line("using Dreamer.Inference;");
        Line();
        Line("using var agent = DreamerAgent.Load(\"<this folder>\");");
        Line("using var session = agent.CreateSession(new() { Seed = 7 });");
        Line(manifest.Action.IsDiscrete ? $"int action = session.Act({Observed(manifest)});" : $"session.Act({Observed(manifest)}, action);");
        Line("float value = session.Value, surprise = session.Surprise;");
        Line("```");
        Line();
        Line("| it observes | type | shape |");
        Line("|---|---|---|");
        foreach (var observation in manifest.Observations)
        {
            Line($"| `{observation.Key}` | {observation.Type} | {Shape(observation.Shape)} |");
        }
        Line();
        Line(manifest.Action.IsDiscrete
            ? $"It picks one of {manifest.Action.Size} actions: {string.Join(", ", manifest.Action.Names!)}."
            : $"It sets {manifest.Action.Size} numbers, from [{string.Join(", ", manifest.Action.Low!)}] to [{string.Join(", ", manifest.Action.High!)}].");
        Line("The action that goes into a step is the one that LED to its observation; reward and value belong to the state after it.");
        Line();
        Line("## Graphs");
        Line();
        Line("| graph | inputs | outputs | KB |");
        Line("|---|---|---|---|");
        foreach (var graph in manifest.Graphs.Concat(manifest.Int8Graphs))
        {
            Line($"| `{graph.File}` | {Tensors(graph.Inputs)} | {Tensors(graph.Outputs)} | {sizes[graph.File] / 1024.0:0} |");
        }
        Line();
        Line($"The latent state has {manifest.Latent.Size} numbers: {Stoch(manifest.Latent)}, then");
        Line($"{manifest.Latent.Deter} deterministic ones. It is zeros before an episode's first step. Noise is uniform in (0, 1); 0.5 everywhere");
        Line("stands for none. `test_data` holds inputs and outputs of every graph, as the ONNX model zoo keeps them.");
        Line();
        if (manifest.Quantization is { } quantization)
        {
            Line("## Int8 weights");
            Line();
            Line("The graphs `*.int8.onnx` keep the weights of their dense layers as 8-bit integers; `DreamerAgent.Load(folder, weights:");
            Line("AgentWeights.Quantized)` runs them. Against the float32 weights, each step from the state of the latter and with the same noise:");
            Line();
            Table(quantization);
            Line();
        }
        Line("## Training");
        Line();
        Line($"Preset `{manifest.Preset}`, {provenance.Steps} environment steps, {provenance.Updates} updates, seed {provenance.Seed}. Discount factor");
        Line($"{manifest.Heads.Gamma}; rewards learned as {manifest.Heads.RewardTransform}. The whole configuration is in `{AgentManifest.FileName}`.");
        foreach (var (package, version) in provenance.Packages.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Line($"- {package} {version}");
        }
        Line();
        Line("## Limits");
        Line();
        Line($"Trained only on {provenance.Environment}: its predictions and actions for other observations are meaningless, although a high");
        Line("surprise reveals them. `value` is the critic's estimate, not a guarantee. Decoded images are means: uncertain parts are");
        Line("blurred.");
        return card.ToString();

        void Line(string text = "") => card.Append(text).Append('\n');

        void Table(QuantizationManifest fidelity)
        {
            Line($"| over {fidelity.Sequences} sequences of {fidelity.Steps} steps ({fidelity.Observations}) | |");
            Line("|---|---|");
            if (fidelity.EqualClasses is { } share)
            {
                Line($"| equal sampled latent classes | {share * 100:0.###} % |");
            }
            Line($"| KL of the policies, nats | {fidelity.PolicyKl:0.######} in the mean (allowed {fidelity.PolicyKlBound}), {fidelity.LargestPolicyKl:0.####} at most |");
            foreach (var score in fidelity.Evaluations)
            {
                Line($"| with int8 weights | {score} |");
            }
        }
    }

    private static string Algorithm(AgentManifest manifest) =>
        Enum.TryParse<DreamerAlgorithm>(manifest.Algorithm, ignoreCase: true, out var known) ? $"{known}" : manifest.Algorithm;

    private static string Stoch(LatentManifest latent) => latent.Kind == LatentManifest.Gaussian
        ? $"{latent.Stoch} samples of normal distributions" : $"{latent.Stoch} categoricals of {latent.Classes} classes";

    private static string Observed(AgentManifest manifest) =>
        manifest.Observations is [var single] ? single.Key : $"new({string.Join(", ", manifest.Observations.Select(o => o.Key))})";

    private static string Tensors(IEnumerable<TensorManifest> tensors) => string.Join(", ", tensors.Select(t => $"`{t.Name}` [{string.Join(", ", t.Sides)}]"));

    private static string Shape(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";
}
