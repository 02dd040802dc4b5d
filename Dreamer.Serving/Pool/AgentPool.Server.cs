using Dreamer.Inference;

namespace Dreamer.Serving;

public sealed partial class AgentPool
{
    /// <inheritdoc/>
    public async Task<SessionInfo> StartAsync(EpisodeOptions? options = null, CancellationToken cancellationToken = default) =>
        (await RentAsync(options, timeout: null, cancellationToken)).Info;

    /// <inheritdoc/>
    public Task<AgentStep> StepAsync(string sessionId, StepInput input, CancellationToken cancellationToken = default)
    {
        try
        {
            return Find(sessionId).StepAsync(input, cancellationToken);
        }
        catch (Exception e)
        {
            return Task.FromException<AgentStep>(e);
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]> SaveAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await Task.FromResult(Find(sessionId).SaveState());

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImaginedStep>> ImagineAsync(
        string sessionId,
        int horizon,
        ActionSelection actions = ActionSelection.Greedy,
        LatentSampling sampling = LatentSampling.Mode,
        CancellationToken cancellationToken = default) =>
        await Find(sessionId).ImagineAsync(horizon, actions, sampling, cancellationToken);

    /// <inheritdoc/>
    public async Task<ImaginedState> DescribeAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await Find(sessionId).DescribeAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task EndAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await Find(sessionId).DisposeAsync();
}
