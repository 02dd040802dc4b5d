using Dreamer.Inference;
using Dreamer.Training.Tracing;

namespace Dreamer.Training.Export;

/// <summary>A graph to be traced: what goes in, and the networks' own code that makes of it what comes out.</summary>
/// <param name="Name">What the graph is called.</param>
/// <param name="Inputs">Its inputs; shapes are those of one row, a free batch dimension stands in front.</param>
/// <param name="Forward">Makes the named outputs of the inputs, which it is given by name.</param>
internal sealed record TracedGraph(
    string Name,
    IReadOnlyList<TensorManifest> Inputs,
    Func<IReadOnlyDictionary<string, Traced>, IReadOnlyList<(string Name, Traced Value)>> Forward);
