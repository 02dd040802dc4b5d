using Dreamer.Inference;

namespace Dreamer.Serving;

public sealed partial class AgentPool
{
    // At most one per worker at a time, but not on the workers' threads: an imagination takes as long as many steps.
    private readonly SemaphoreSlim _imaginations;

    internal async Task<T> ImagineAsync<T>(PooledSession session, Func<AgentImagination, T> ask, CancellationToken cancellationToken)
    {
        if (!_options.Outputs.HasFlag(AgentOutputs.Imagination))
        {
            throw new InvalidOperationException(
                $"The agent is served with {nameof(DreamerAgentOptions.Outputs)} = {_options.Outputs}; serve it with {AgentOutputs.Imagination}.");
        }
        await WaitToImagineAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () =>
                {
                    using var imagination = session.Generation.CreateImagination(session.Info.Seed);
                    return ask(imagination);
                },
                CancellationToken.None);
        }
        finally
        {
            _imaginations.Release();
        }
    }

    // Each waiting caller holds a session, so the line is no longer than the number of sessions.
    private async Task WaitToImagineAsync(CancellationToken cancellationToken)
    {
        var timeout = _options.Batching.StepTimeout;
        using var deadline = new CancellationTokenSource(timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _imaginations.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Rejected(new AgentDeadlineException("The imagination's turn", timeout));
        }
    }
}
