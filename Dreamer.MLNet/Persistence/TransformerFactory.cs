using System.Collections.Frozen;
using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Microsoft.ML;

namespace Dreamer.MLNet.Persistence;

/// <summary>Creates transformers from their saved parts.</summary>
internal static class TransformerFactory
{
    private static readonly FrozenDictionary<string, TransformerKind> Kinds = new TransformerKind[]
    {
        EncodeObservationTransformer.SavedKind,
        ObserveLatentStateTransformer.SavedKind,
        StepLatentStateTransformer.SavedKind,
        PredictOutcomeTransformer.SavedKind,
        SelectActionTransformer.SavedKind,
        ImagineRolloutTransformer.SavedKind,
        DecodeObservationTransformer.SavedKind,
    }.ToFrozenDictionary(kind => kind.Name);

    /// <summary>Called by the interop assembly when ML.NET loads a model.</summary>
    /// <param name="environment">The <c>IHostEnvironment</c> that loads.</param>
    /// <param name="kind">Names the transformer and the version of its saved form.</param>
    /// <param name="parts">Its saved parts.</param>
    internal static ITransformer Load(object environment, string kind, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> parts) =>
        Create(new ExecutionFlags(environment, GpuDeviceId: null, FallbackToCpu: false).Resolve(), kind, parts);

    /// <summary>Creates a transformer.</summary>
    /// <param name="execution">Where its graphs run; null for the CPU.</param>
    /// <param name="kind">Names the transformer and the version of its saved form.</param>
    /// <param name="parts">Its saved parts.</param>
    /// <exception cref="InvalidDataException">The kind is unknown, or a part is missing or damaged.</exception>
    /// <exception cref="InvalidAgentException">The manifest or a graph is damaged.</exception>
    internal static DreamerTransformer Create(
        AgentExecutionOptions? execution, string kind, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> parts) =>
        Kinds.TryGetValue(kind, out var known) ? known.Load(execution, parts) : throw new InvalidDataException(
            $"The model has a transformer '{kind}', which this version of Dreamer.MLNet does not know: a later version saved it.");
}
