namespace Dreamer.Inference.Inspection;

/// <summary>What one graph of an agent is made of, and what a row costs.</summary>
/// <param name="Manifest">What goes in and out.</param>
/// <param name="FileBytes">The size of its file.</param>
/// <param name="Opset">The version of its operators.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="Parameters">How many numbers were learnt, by the name of the tensor that they are in.</param>
/// <param name="WeightBytes">The bytes of its weights and constants: what a step reads, whatever the batch.</param>
/// <param name="Flops">
/// Operations of a row: two for each multiplication and addition of its dense layers and convolutions, in whatever precision; nothing
/// else is counted. Of a scan it is what one of its steps takes.
/// </param>
public sealed record GraphInspection(
    GraphManifest Manifest, long FileBytes, long Opset, int Nodes, IReadOnlyDictionary<string, long> Parameters, long WeightBytes, long Flops)
{
    /// <summary>How many numbers were learnt.</summary>
    public long ParameterCount => Parameters.Values.Sum();
}
