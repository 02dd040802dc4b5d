using Dreamer.Inference;
using Dreamer.Training.Tracing;

namespace Dreamer.Training.Export;

/// <summary>A graph to be traced: its inputs, and the networks' code that computes its outputs.</summary>
/// <param name="Name">The graph's name.</param>
/// <param name="Inputs">Its inputs; shapes are those of one row, a free batch dimension stands in front.</param>
/// <param name="Forward">Computes the named outputs from the inputs by name.</param>
internal sealed record TracedGraph(
    string Name,
    IReadOnlyList<TensorManifest> Inputs,
    Func<IReadOnlyDictionary<string, Traced>, IReadOnlyList<(string Name, Traced Value)>> Forward);
