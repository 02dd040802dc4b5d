using Dreamer.Inference;
using Dreamer.MLNet.Interop;
using Microsoft.ML;

namespace Dreamer.MLNet.Execution;

/// <summary>Where a transformer's graphs run: the estimator's settings, otherwise those of its <see cref="MLContext"/>.</summary>
/// <param name="Environment">The <c>IHostEnvironment</c> to ask, or null.</param>
/// <param name="GpuDeviceId">The GPU that the estimator was told.</param>
/// <param name="FallbackToCpu">Whether the estimator was told that the CPU will do.</param>
internal sealed record ExecutionFlags(object? Environment, int? GpuDeviceId, bool FallbackToCpu)
{
    internal static ExecutionFlags From(TransformsCatalog catalog, int? gpuDeviceId, bool fallbackToCpu)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(EnvironmentFlags.EnvironmentOf(catalog), gpuDeviceId, fallbackToCpu);
    }

    /// <summary>The options to open graphs with, or null if no GPU was requested.</summary>
    internal AgentExecutionOptions? Resolve()
    {
        var (device, fallback) = Environment is null ? (null, false) : EnvironmentFlags.Read(Environment);
        return GpuDeviceId is null && device is null
            ? null : new AgentExecutionOptions { GpuDeviceId = GpuDeviceId ?? device, FallbackToCpu = FallbackToCpu || fallback };
    }
}
