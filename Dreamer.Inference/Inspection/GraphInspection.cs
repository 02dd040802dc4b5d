namespace Dreamer.Inference.Inspection;

/// <summary>The contents of one graph, and the cost of a row.</summary>
/// <param name="Manifest">What goes in and out.</param>
/// <param name="FileBytes">The size of its file.</param>
/// <param name="Opset">The version of its operators.</param>
/// <param name="Nodes">The number of nodes.</param>
/// <param name="Parameters">The number of learned parameters, by tensor name.</param>
/// <param name="WeightBytes">The bytes of its weights and constants, which a step reads whatever the batch size.</param>
/// <param name="Flops">
/// Operations of a row: two for each multiplication and addition of its dense layers and convolutions, in whatever precision; nothing
/// else is counted. For a scan, the cost of one step.
/// </param>
public sealed record GraphInspection(
    GraphManifest Manifest, long FileBytes, long Opset, int Nodes, IReadOnlyDictionary<string, long> Parameters, long WeightBytes, long Flops)
{
    /// <summary>The number of learned parameters.</summary>
    public long ParameterCount => Parameters.Values.Sum();
}
