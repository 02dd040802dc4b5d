using Dreamer.Inference;
using Microsoft.Extensions.Hosting;

namespace Dreamer.Serving;

/// <summary>Loads an agent when its host starts, and answers accepted steps when the host stops.</summary>
internal sealed class AgentHostedService(Func<AgentPool> pool) : IHostedService
{
    private AgentPool? _pool;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything listens: a service that cannot serve does not start.
        _pool = pool();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_pool is not null)
        {
            _pool.Drain();
            await _pool.DisposeAsync().AsTask().WaitAsync(cancellationToken);
        }
    }
}
