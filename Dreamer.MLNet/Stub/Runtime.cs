namespace Microsoft.ML.Runtime;

public interface IHostEnvironment;

public interface IHostEnvironmentInternal : IHostEnvironment
{
    bool FallbackToCpu { get; }

    int? GpuDeviceId { get; }
}
