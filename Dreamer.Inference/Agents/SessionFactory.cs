using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>Creates ONNX Runtime sessions according to <see cref="AgentExecutionOptions"/>.</summary>
internal static class SessionFactory
{
    /// <summary>Creates a session and checks it against its manifest.</summary>
    /// <returns>The session, and if it fell back from a GPU to the CPU, the reason.</returns>
    internal static (InferenceSession Session, string? FallbackReason) Create(GraphManifest graph, byte[] model, AgentExecutionOptions execution)
    {
        var (session, fallbackReason) = execution.GpuDeviceId is { } device
            ? OnGpu(graph, model, execution, device) : (OnCpu(graph, model, execution), null);
        try
        {
            RequireMatch(graph, session);
            return (session, fallbackReason);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Compares names, types and shapes in a manifest with a session.</summary>
    /// <exception cref="InvalidAgentException">They differ.</exception>
    internal static void RequireMatch(GraphManifest graph, InferenceSession session)
    {
        RequireTensors(graph, "input", graph.Inputs, session.InputMetadata);
        RequireTensors(graph, "output", graph.Outputs, session.OutputMetadata);
    }

    /// <summary>Opens a model on the CPU without comparing it with the manifest.</summary>
    /// <exception cref="InvalidAgentException">ONNX Runtime refuses it.</exception>
    internal static InferenceSession Open(GraphManifest graph, byte[] model, AgentExecutionOptions execution) => OnCpu(graph, model, execution);

    private static (InferenceSession Session, string? FallbackReason) OnGpu(GraphManifest graph, byte[] model, AgentExecutionOptions execution, int device)
    {
        try
        {
            using var options = Options(execution);
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(CudaOptions(device, execution.GpuMemoryLimit));
            options.AppendExecutionProvider_CUDA(cuda);
            return (Open(graph, model, options), null);
        }
        // The CPU package lacks the entry point for CUDA; the GPU package may lack a driver or device.
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException or OnnxRuntimeException)
        {
            if (execution.FallbackToCpu)
            {
                return (OnCpu(graph, model, execution), e.Message);
            }
            throw new InvalidOperationException(
                $"Graph '{graph.Name}' cannot run on GPU {device}: {e.Message} Reference Microsoft.ML.OnnxRuntime.Gpu in the executable " +
                $"(-p:DreamerBackend=cuda here), or set {nameof(AgentExecutionOptions.FallbackToCpu)}.", e);
        }
    }

    private static Dictionary<string, string> CudaOptions(int device, long? memoryLimit)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["device_id"] = $"{device}" };
        if (memoryLimit is { } bytes)
        {
            options.Add("gpu_mem_limit", $"{bytes}");
        }
        return options;
    }

    private static InferenceSession OnCpu(GraphManifest graph, byte[] model, AgentExecutionOptions execution)
    {
        using var options = Options(execution);
        try
        {
            return Open(graph, model, options);
        }
        // On the CPU no driver can be missing, so the graph is at fault.
        catch (OnnxRuntimeException e)
        {
            throw Refused(graph, e);
        }
    }

    // From bytes, never from a path: ONNX Runtime then has no folder to look for a tensor's external data in.
    private static InferenceSession Open(GraphManifest graph, byte[] model, SessionOptions options)
    {
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException e) when (e.Message.Contains("INVALID", StringComparison.Ordinal) || e.Message.Contains("NOT_IMPLEMENTED", StringComparison.Ordinal))
        {
            throw Refused(graph, e);
        }
    }

    private static SessionOptions NewOptions()
    {
        try
        {
            return new SessionOptions();
        }
        // The first use of ONNX Runtime loads its native library, in a static constructor.
        catch (Exception e) when (e is DllNotFoundException || e.GetBaseException() is DllNotFoundException)
        {
            throw new DllNotFoundException(
                "ONNX Runtime's native library was not found. Reference Microsoft.ML.OnnxRuntime (CPU) or Microsoft.ML.OnnxRuntime.Gpu (CUDA) from the executable project; " +
                $"Microsoft.ML.OnnxRuntime.Managed alone has none. {e.GetBaseException().Message}", e);
        }
    }

    private static InvalidAgentException Refused(GraphManifest graph, OnnxRuntimeException e) => new($"ONNX Runtime refuses graph '{graph.Name}': {e.Message}", e);

    private static SessionOptions Options(AgentExecutionOptions execution)
    {
        // One thread: a second core is better used by a second session or cursor, and a row's result then does not depend on its batch.
        var options = NewOptions();
        (options.IntraOpNumThreads, options.InterOpNumThreads, options.ExecutionMode) = (1, 1, ExecutionMode.ORT_SEQUENTIAL);
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        execution.ConfigureSession?.Invoke(options);
        return options;
    }

    private static void RequireTensors(
        GraphManifest graph, string kind, IReadOnlyList<TensorManifest> promised, IReadOnlyDictionary<string, NodeMetadata> found)
    {
        foreach (var tensor in promised)
        {
            if (!found.TryGetValue(tensor.Name, out var node))
            {
                throw new InvalidAgentException(
                    $"Graph '{graph.Name}' has no {kind} '{tensor.Name}', which the manifest promises; it has {string.Join(", ", found.Keys)}.");
            }

            var type = node.ElementType == typeof(float) ? "float32" : node.ElementType == typeof(byte) ? "uint8" : node.ElementType?.Name;
            if (type != tensor.Type || node.Dimensions is not [-1, .. var row] || !row.SequenceEqual(tensor.Shape))
            {
                throw new InvalidAgentException(
                    $"The {kind} '{tensor.Name}' of graph '{graph.Name}' is {type} [{string.Join(", ", node.Dimensions)}]; " +
                    $"the manifest promises {tensor.Type} [-1, {string.Join(", ", tensor.Shape)}].");
            }
        }
        if (found.Count != promised.Count)
        {
            throw new InvalidAgentException(
                $"Graph '{graph.Name}' has the {kind}s {string.Join(", ", found.Keys)}; the manifest promises {string.Join(", ", promised.Select(t => t.Name))}.");
        }
    }
}
