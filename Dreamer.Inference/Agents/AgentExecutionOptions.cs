using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>Where and how an agent's graphs run.</summary>
public sealed record AgentExecutionOptions
{
    /// <summary>The GPU that the graphs run on, or null for the CPU.</summary>
    /// <value>The default value is <see langword="null"/>: the CPU, one thread a call, no spinning.</value>
    public int? GpuDeviceId { get; init; }

    /// <summary>Bytes of the GPU's memory that each graph may take, or null for as many as it asks for.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public long? GpuMemoryLimit { get; init; }

    /// <summary>Whether the CPU serves where the GPU cannot be had.</summary>
    /// <value>The default value is <see langword="false"/>: what was asked for, or an error.</value>
    public bool FallbackToCpu { get; init; }

    /// <summary>Called with the options of every session before it is created: for other execution providers and settings.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public Action<SessionOptions>? ConfigureSession { get; init; }
}
