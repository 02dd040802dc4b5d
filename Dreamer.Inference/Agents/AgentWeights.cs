namespace Dreamer.Inference;

/// <summary>The number format of an agent's weights.</summary>
public enum AgentWeights
{
    /// <summary>Single precision, as trained.</summary>
    AsTrained,

    /// <summary>
    /// 8-bit integers in the dense layers, if the agent was exported with them: a quarter of the memory to read at every step. The
    /// manifest's <see cref="AgentManifest.Quantization"/> describes the loss of fidelity.
    /// </summary>
    Quantized,
}
