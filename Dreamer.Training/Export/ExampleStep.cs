using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>What went into one graph at one step of an example episode, and what TorchSharp made of it.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Inputs">Its inputs by name.</param>
/// <param name="Outputs">Its outputs in the order in which the graph has them.</param>
/// <param name="UnroundedImage">The decoded image before it is rounded to bytes; null where the graph has none.</param>
internal sealed record ExampleStep(
    ExportedGraph Graph,
    IReadOnlyDictionary<string, Tensor> Inputs,
    IReadOnlyList<(string Name, Tensor Value)> Outputs,
    Tensor? UnroundedImage);
