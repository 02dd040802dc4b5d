using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class MetricsTests : IDisposable
{
    private readonly TestMeters _meters = new();

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task What_a_pool_does_is_counted_and_named_after_its_agent()
    {
        var (pool, time) = ServedAgent.LoadWithWindow(
            o => (o.Sessions.MaxSessions, o.Sessions.MaxWaiting, o.Sessions.RentTimeout, o.Batching.MaxQueued) = (3, 1, TimeSpan.FromHours(1), 2), _meters);
        await using var owned = pool;
        using var actions = new Measured(_meters, ServingDiagnostics.Actions);
        using var durations = new Measured(_meters, ServingDiagnostics.StepDuration);
        using var batches = new Measured(_meters, ServingDiagnostics.BatchDuration);
        using var rejections = new Measured(_meters, ServingDiagnostics.Rejections);
        using var evictions = new Measured(_meters, ServingDiagnostics.Evictions);
        using var queue = new Measured(_meters, ServingDiagnostics.QueueLength);
        using var live = new Measured(_meters, ServingDiagnostics.ActiveSessions);
        using var waiting = new Measured(_meters, ServingDiagnostics.WaitingSessions);

        var sessions = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => pool.RentAsync()));
        var fourth = pool.RentAsync();
        await Assert.ThrowsAsync<AgentOverloadedException>(() => pool.RentAsync());
        var steps = sessions[..2].Select(session => session.StepAsync(ServedAgent.Frame(new byte[50]))).ToArray();
        await Assert.ThrowsAsync<AgentOverloadedException>(() => sessions[2].StepAsync(ServedAgent.Frame(new byte[50])));
        await Assert.ThrowsAsync<SessionBusyException>(() => sessions[0].StepAsync(ServedAgent.Frame(new byte[50])));
        Assert.Throws<SessionNotFoundException>(() => pool.Find("nobody"));
        Assert.Equal((2, 3, 1), (queue.Observe(), live.Observe(), waiting.Observe()));
        time.PassWindow();
        await Task.WhenAll(steps);

        Assert.Equal(2, actions.Values.Sum());
        Assert.Equal(2, durations.Values.Length);
        Assert.Single(batches.Values);
        Assert.All(durations.Values, seconds => Assert.Equal(ServedAgent.Window.TotalSeconds, seconds, 6));
        Assert.All(actions.Measurements, m => Assert.Contains(new(ServingDiagnostics.AgentTag, "catch"), m.Tags));
        Assert.Equal(
            (1, 1, 1, 1),
            (rejections.Sum("reason", "pool_full"), rejections.Sum("reason", "queue_full"), rejections.Sum("reason", "busy_session"), rejections.Sum("reason", "unknown_session")));

        time.Advance(TimeSpan.FromMinutes(5));
        await using var last = await fourth;
        Assert.Equal(3, evictions.Values.Sum());
        Assert.Throws<SessionExpiredException>(() => pool.Find(sessions[0].Id));
        Assert.Equal(1, rejections.Sum("reason", "expired_session"));
        Assert.Equal((0, 1, 0), (queue.Observe(), live.Observe(), waiting.Observe()));
    }
}
