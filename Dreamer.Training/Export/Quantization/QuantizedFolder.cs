using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Tracing.Protobuf;

namespace Dreamer.Training.Export.Quantization;

/// <summary>The graphs of a folder with int8 weights, and their acceptance.</summary>
internal static class QuantizedFolder
{
    // Convolutions are not quantized, nor are inputs from outside, whose ranges may differ by orders of magnitude. A
    // rollout repeats the graphs of single steps.
    private static readonly HashSet<string> Excepted = new(StringComparer.Ordinal) { GraphNames.Encoder, GraphNames.Decoder, GraphNames.Rollout };

    /// <summary>Quantizes graphs.</summary>
    /// <exception cref="QuantizationException">No dense layer is large enough.</exception>
    public static IReadOnlyList<ExportedFile> Quantize(IReadOnlyList<(ModelProto Model, ExportedFile File)> graphs)
    {
        List<ExportedFile> quantized =
        [
            .. from graph in graphs
               where !Excepted.Contains(graph.File.Manifest.Name)
               let model = Int8Graph.Quantize(graph.Model)
               where model is not null
               select graph.File.Quantized(model),
        ];
        return quantized.Count > 0 ? quantized : throw new QuantizationException(
            $"No dense layer of the agent has {Int8Graph.SmallestLayer} weights or more: int8 weights would save nothing.");
    }

    /// <summary>Measures the fidelity of a folder's int8 weights, and accepts or rejects them.</summary>
    /// <exception cref="QuantizationException">The policy changes too much.</exception>
    public static QuantizationManifest Check(
        string folder, Func<ulong, IEnvironment>? factory, AgentExportOptions options, ulong seed, CancellationToken cancellationToken)
    {
        using var trained = DreamerAgent.Load(folder);
        using var quantized = DreamerAgent.Load(folder, weights: AgentWeights.Quantized);
        var found = QuantizationFidelity.Measure(trained, quantized, factory, options, seed, cancellationToken);
        // Written so that NaN is rejected.
        return found.PolicyKl <= options.PolicyKlBound ? found : throw new QuantizationException(
            $"With int8 weights the policy moves by a KL of {found.PolicyKl:0.####} nats in the mean over {found.Sequences} sequences of " +
            $"{found.Steps} steps, {found.LargestPolicyKl:0.####} at most; the mean may be {options.PolicyKlBound}. " +
            $"{found.EqualClasses:P2} of the sampled latent classes are equal. Export without them, or allow more ({nameof(AgentExportOptions.PolicyKlBound)}).");
    }
}
