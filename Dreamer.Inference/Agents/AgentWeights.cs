namespace Dreamer.Inference;

/// <summary>In what the weights of an agent's graphs are kept.</summary>
public enum AgentWeights
{
    /// <summary>Single precision: what was trained.</summary>
    AsTrained,

    /// <summary>
    /// 8-bit integers in the dense layers, where the agent was exported with them: a quarter of the memory to read at every step. The
    /// manifest's <see cref="AgentManifest.Quantization"/> says what that costs.
    /// </summary>
    Quantized,
}
