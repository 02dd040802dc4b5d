using Dreamer.Inference;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;

namespace Dreamer.MLNet;

/// <summary>Passes an agent's graphs to ML.NET's own ONNX estimator.</summary>
public static class AgentOnnxExtensions
{
    /// <summary>
    /// Creates ML.NET's own ONNX estimator for one graph, for pipelines that must load without this library. Its columns have the
    /// graph's tensor names. It runs one row at a time, on ONNX Runtime's default number of threads: its numbers may differ from this library's
    /// steps, which use one thread, by the rounding of sums.
    /// </summary>
    /// <param name="agent">The agent.</param>
    /// <param name="mlContext">The context of the pipeline.</param>
    /// <param name="graphName">One of <see cref="GraphNames"/>.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default <c>MLContext.GpuDeviceId</c>.</param>
    /// <param name="fallbackToCpu">Whether to use the CPU if the GPU is not available.</param>
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
