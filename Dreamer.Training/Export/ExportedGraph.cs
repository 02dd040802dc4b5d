using Dreamer.Training.Tracing;

namespace Dreamer.Training.Export;

/// <summary>A graph of the agent folder, with facts about its outputs for comparisons.</summary>
/// <param name="Traced">Its inputs, and the code that computes its outputs.</param>
internal sealed record ExportedGraph(TracedGraph Traced)
{
    /// <summary>The outputs that hold samples: a tie between two candidates may be broken either way.</summary>
    public IReadOnlyList<SampledOutput> Samples { get; init; } = [];

    /// <summary>The decoded image before it is rounded to bytes, from the graph's inputs; null if the graph has none.</summary>
    public Func<IReadOnlyDictionary<string, Traced>, Traced>? UnroundedImage { get; init; }
}
