using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>The inputs of one graph at one step of an example episode, and TorchSharp's outputs.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Inputs">Its inputs by name.</param>
/// <param name="Outputs">Its outputs in the order in which the graph has them.</param>
/// <param name="UnroundedImage">The decoded image before it is rounded to bytes; null if the graph has none.</param>
internal sealed record ExampleStep(
    ExportedGraph Graph,
    IReadOnlyDictionary<string, Tensor> Inputs,
    IReadOnlyList<(string Name, Tensor Value)> Outputs,
    Tensor? UnroundedImage);
