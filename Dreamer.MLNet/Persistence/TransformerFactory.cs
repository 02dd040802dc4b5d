using System.Text.Json.Serialization.Metadata;
using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Microsoft.ML;

namespace Dreamer.MLNet.Persistence;

/// <summary>Makes transformers of what they were saved as.</summary>
internal static class TransformerFactory
{
    /// <summary>Called by the interop assembly when ML.NET loads a model.</summary>
    /// <param name="environment">The <c>IHostEnvironment</c> that loads.</param>
    /// <param name="kind">Names the transformer and the version of its saved form.</param>
    /// <param name="parts">What it was saved as.</param>
    internal static ITransformer Load(object environment, string kind, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> parts) =>
        Create(new ExecutionFlags(environment, GpuDeviceId: null, FallbackToCpu: false).Resolve(), kind, parts);

    /// <summary>Makes a transformer.</summary>
    /// <param name="execution">Where its graphs run, null for the CPU.</param>
    /// <param name="kind">Names the transformer and the version of its saved form.</param>
    /// <param name="parts">What it was saved as.</param>
    /// <exception cref="InvalidDataException">The transformer is of no kind that this version knows, or a part is missing or damaged.</exception>
    /// <exception cref="InvalidAgentException">The manifest or a graph is damaged.</exception>
    internal static DreamerTransformer Create(
        AgentExecutionOptions? execution, string kind, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> parts)
    {
        var saved = new Saved(execution, kind, parts);
        return kind switch
        {
            EncodeObservationTransformer.KindName => saved.Make(
                OptionsJson.Default.EncodeObservationOptions,
                _ => EncodeObservationTransformer.GraphsNeeded,
                (manifest, graphs, options) => new EncodeObservationTransformer(manifest, graphs, options)),
            ObserveLatentStateTransformer.KindName => saved.Make(
                OptionsJson.Default.ObserveLatentStateOptions,
                ObserveLatentStateTransformer.GraphsNeeded,
                (manifest, graphs, options) => new ObserveLatentStateTransformer(manifest, graphs, options)),
            StepLatentStateTransformer.KindName => saved.Make(
                OptionsJson.Default.StepLatentStateOptions,
                _ => StepLatentStateTransformer.GraphsNeeded,
                (manifest, graphs, options) => new StepLatentStateTransformer(manifest, graphs, options)),
            PredictOutcomeTransformer.KindName => saved.Make(
                OptionsJson.Default.PredictOutcomeOptions,
                _ => PredictOutcomeTransformer.GraphsNeeded,
                (manifest, graphs, options) => new PredictOutcomeTransformer(manifest, graphs, options)),
            SelectActionTransformer.KindName => saved.Make(
                OptionsJson.Default.SelectActionOptions,
                _ => SelectActionTransformer.GraphsNeeded,
                (manifest, graphs, options) => new SelectActionTransformer(manifest, graphs, options)),
            ImagineRolloutTransformer.KindName => saved.Make(
                OptionsJson.Default.ImagineRolloutOptions,
                ImagineRolloutTransformer.GraphsNeeded,
                (manifest, graphs, options) => new ImagineRolloutTransformer(manifest, graphs, options)),
            DecodeObservationTransformer.KindName => saved.Make(
                OptionsJson.Default.DecodeObservationOptions,
                _ => DecodeObservationTransformer.GraphsNeeded,
                (manifest, graphs, options) => new DecodeObservationTransformer(manifest, graphs, options)),
            _ => throw new InvalidDataException(
                $"The model has a transformer '{kind}', which this version of Dreamer.MLNet does not know: it was saved by a later one."),
        };
    }

    private sealed record Saved(AgentExecutionOptions? Execution, string Kind, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Parts)
    {
        internal DreamerTransformer Make<TOptions>(
            JsonTypeInfo<TOptions> type,
            Func<TOptions, string[]> graphsNeeded,
            Func<AgentManifest, AgentGraph[], TOptions, DreamerTransformer> create)
            where TOptions : class
        {
            var manifest = AgentManifest.FromJson(TransformerParts.Get(Parts, Kind, AgentManifest.FileName).Span, $"{AgentManifest.FileName} of '{Kind}'");
            var options = OptionsJson.Read(TransformerParts.Get(Parts, Kind, TransformerParts.Options), type, $"{TransformerParts.Options} of '{Kind}'");
            var names = graphsNeeded(options);
            var bytes = names.ToDictionary(name => name, name => TransformerParts.Get(Parts, Kind, manifest.Graph(name).File));
            using var agent = DreamerAgent.FromParts(manifest, bytes, Execution);
            return create(manifest, AgentSource.Of(agent).Open(names, execution: null), options);
        }
    }
}
