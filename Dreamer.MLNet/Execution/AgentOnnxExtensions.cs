using Dreamer.Inference;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;

namespace Dreamer.MLNet;

/// <summary>Hands an agent's graphs to ML.NET's own ONNX step.</summary>
public static class AgentOnnxExtensions
{
    /// <summary>
    /// Makes ML.NET's own ONNX step of one graph, for pipelines that are to be read if this library is not. Its columns carry the
    /// graph's tensor names, and it runs one row at a time, on as many threads as ONNX Runtime takes: its numbers may differ from this library's
    /// steps, which take one, by the rounding of sums.
    /// </summary>
    /// <param name="agent">The agent.</param>
    /// <param name="mlContext">The context of the pipeline.</param>
    /// <param name="graphName">One of <see cref="GraphNames"/>.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default what <c>MLContext.GpuDeviceId</c> says.</param>
    /// <param name="fallbackToCpu">Whether the CPU serves where the GPU cannot be had.</param>
    /// <exception cref="InvalidAgentException">The agent has no such graph.</exception>
    public static OnnxScoringEstimator CreateOnnxEstimator(
        this DreamerAgent agent, MLContext mlContext, string graphName, int? gpuDeviceId = null, bool fallbackToCpu = false)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentException.ThrowIfNullOrEmpty(graphName);
        using var graph = agent.OpenGraph(graphName);
        using var model = new MemoryStream(graph.Bytes.ToArray(), writable: false);
        string[] outputs = [.. graph.Manifest.Outputs.Select(tensor => tensor.Name)];
        string[] inputs = [.. graph.Manifest.Inputs.Select(tensor => tensor.Name)];
        return mlContext.Transforms.ApplyOnnxModel(outputs, inputs, model, gpuDeviceId, fallbackToCpu);
    }
}
