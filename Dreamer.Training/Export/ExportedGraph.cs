using Dreamer.Training.Tracing;

namespace Dreamer.Training.Export;

/// <summary>A graph of the agent folder, with what a comparison must know about its outputs.</summary>
/// <param name="Traced">What goes in, and the code that makes of it what comes out.</param>
internal sealed record ExportedGraph(TracedGraph Traced)
{
    /// <summary>The outputs that hold samples: a tie between two candidates may go either way.</summary>
    public IReadOnlyList<SampledOutput> Samples { get; init; } = [];

    /// <summary>The decoded image before it is rounded to bytes, from the graph's inputs; null where the graph has none.</summary>
    public Func<IReadOnlyDictionary<string, Traced>, Traced>? UnroundedImage { get; init; }
}
