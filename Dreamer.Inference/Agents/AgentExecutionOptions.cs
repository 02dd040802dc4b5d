using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>Where and how an agent's graphs run.</summary>
public sealed record AgentExecutionOptions
{
    /// <summary>The GPU that the graphs run on, or null for the CPU.</summary>
    /// <value>The default value is <see langword="null"/>: the CPU, one thread a call, no spinning.</value>
    public int? GpuDeviceId { get; init; }

    /// <summary>The GPU memory limit of each graph in bytes, or null for no limit.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public long? GpuMemoryLimit { get; init; }

    /// <summary>Whether to use the CPU if the GPU is not available.</summary>
    /// <value>The default value is <see langword="false"/>: the GPU, or an error.</value>
    public bool FallbackToCpu { get; init; }

    /// <summary>Called with the options of every session before it is created: for other execution providers and settings.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public Action<SessionOptions>? ConfigureSession { get; init; }
}
