namespace Dreamer.Inference.Onnx;

/// <summary>One node of a model.</summary>
/// <param name="Operation">Its operator.</param>
/// <param name="Inputs">The names of its inputs.</param>
/// <param name="Outputs">The names of its outputs.</param>
/// <param name="IsInner">Whether it belongs to an inner graph, for example the body of a scan.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, bool IsInner);
