namespace Microsoft.ML.Runtime;

public interface IHostEnvironment;

public enum MessageSensitivity
{
    None = 0,
}

public interface IChannel : System.IDisposable
{
    void Warning(MessageSensitivity sensitivity, string message);
}

public interface IChannelProvider
{
    IChannel Start(string name);
}

public interface IHostEnvironmentInternal : IHostEnvironment
{
    bool FallbackToCpu { get; }

    int? GpuDeviceId { get; }
}
