namespace Dreamer.Inference.Inspection;

/// <summary>What one step of some kind costs.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Files">The files of the graphs that it runs.</param>
/// <param name="WeightBytes">The bytes of their weights.</param>
/// <param name="Flops">Their operations; see <see cref="GraphInspection"/>.</param>
public sealed record StepInspection(string Name, IReadOnlyList<string> Files, long WeightBytes, long Flops);
