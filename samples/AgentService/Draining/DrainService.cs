using Microsoft.Extensions.Options;

namespace AgentService.Draining;

/// <summary>Refuses new requests for a while before the server closes its port, and logs at the end how many were answered.</summary>
internal sealed partial class DrainService(
    DrainState drain, IHostApplicationLifetime lifetime, IOptions<ServiceOptions> options, TimeProvider time, ILogger<DrainService> logger)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        Refusing(options.Value.DrainDelay);
        await Task.Delay(options.Value.DrainDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Stopped(drain.AcceptedCount, drain.AnsweredCount);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Stopping: new requests are refused for {Delay}, then the port is closed")]
    private partial void Refusing(TimeSpan delay);

    [LoggerMessage(LogLevel.Information, "Stopped: {Accepted} accepted, {Answered} answered")]
    private partial void Stopped(long accepted, long answered);
}
