using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class SessionBoundsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Who_comes_when_all_are_taken_waits_in_line_and_the_line_is_bounded()
    {
        await using var pool = Load(sessions: 2, waiting: 2);
        var (first, second) = (await pool.RentAsync(), await pool.RentAsync());
        var (third, fourth) = (pool.RentAsync(), pool.RentAsync());
        Assert.Equal((2, 2), (pool.LiveSessions, pool.WaitingCallers));
        var refused = await Assert.ThrowsAsync<AgentOverloadedException>(() => pool.RentAsync());
        Assert.Equal((ServingFailure.PoolFull, 2), (refused.Failure, refused.Limit));
        await first.DisposeAsync();
        await using var next = await third;
        Assert.False(fourth.IsCompleted);
        await second.DisposeAsync();
        await using var last = await fourth;
        Assert.Equal((2, 0), (pool.LiveSessions, pool.WaitingCallers));
    }

    [Fact]
    public async Task Nobody_waits_past_a_deadline_or_after_giving_up()
    {
        await using var pool = Load(sessions: 1, waiting: 9);
        var only = await pool.RentAsync();
        await Assert.ThrowsAsync<AgentOverloadedException>(() => pool.RentAsync(timeout: TimeSpan.Zero));
        using var giveUp = new CancellationTokenSource();
        var (late, gone, patient) = (pool.RentAsync(timeout: TimeSpan.FromSeconds(2)), pool.RentAsync(cancellationToken: giveUp.Token), pool.RentAsync());
        _time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<AgentDeadlineException>(() => late);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RentAsync(cancellationToken: giveUp.Token));
        Assert.Equal(1, pool.WaitingCallers);
        await only.DisposeAsync();
        await (await patient).DisposeAsync();
        // Nothing of all that kept the place.
        await using var next = await pool.RentAsync(timeout: TimeSpan.Zero);
    }

    [Fact]
    public async Task Who_waits_when_the_service_ends_is_told_so()
    {
        var pool = Load(sessions: 1, waiting: 1);
        await pool.RentAsync();
        var waiting = pool.RentAsync();
        await pool.DisposeAsync();
        await Assert.ThrowsAsync<AgentStoppingException>(() => waiting);
    }

    [Fact]
    public async Task Idle_sessions_are_evicted_and_those_in_use_are_not()
    {
        await using var pool = Load(sessions: 3, waiting: 0);
        var (idle, used) = (await pool.StartAsync(), await pool.StartAsync());
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            await pool.StepAsync(used.SessionId, ServedAgent.Frame(new byte[50]));
        }
        Assert.Equal(1, pool.LiveSessions);
        Assert.Equal(
            ServingFailure.ExpiredSession,
            (await Assert.ThrowsAsync<SessionExpiredException>(() => pool.StepAsync(idle.SessionId, ServedAgent.Frame(new byte[50])))).Failure);
        Assert.Equal(5, (await pool.StepAsync(used.SessionId, ServedAgent.Frame(new byte[50]))).Step);
    }

    [Fact]
    public async Task A_session_that_is_past_its_time_is_gone_before_the_sweep_finds_it()
    {
        // The sweep comes every quarter of the time: what is asked for between two of them is looked at as well.
        await using var pool = Load(sessions: 1, waiting: 0, idle: TimeSpan.FromSeconds(2));
        var session = await pool.RentAsync();
        _time.Advance(TimeSpan.FromSeconds(1.5));
        session.SaveState();
        _time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Throws<SessionExpiredException>(session.SaveState);
        Assert.Equal(0, pool.LiveSessions);
        // And makes room for who comes.
        await pool.RentAsync(timeout: TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(2.1));
        await using var next = await pool.RentAsync(timeout: TimeSpan.Zero);
    }

    [Fact]
    public async Task Ids_are_not_to_be_guessed_and_name_the_episode_where_nobody_does()
    {
        await using var pool = Load(sessions: 100, waiting: 0);
        var infos = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pool.StartAsync()));
        Assert.Equal(100, infos.Select(info => info.SessionId).Distinct().Count());
        Assert.All(infos, info => Assert.Equal((32, info.SessionId), (info.SessionId.Length, info.EpisodeId)));
    }

    [Fact]
    public async Task Places_are_neither_lost_nor_made_under_a_storm()
    {
        await using var pool = ServedAgent.Load(o => (o.Sessions.MaxSessions, o.Sessions.MaxWaiting, o.Sessions.RentTimeout) = (4, 8, TimeSpan.FromMinutes(10)));
        var (most, live, served, refused) = (0, 0, 0, 0);
        await Parallel.ForAsync(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (i, token) =>
        {
            using var giveUp = new CancellationTokenSource();
            if (i % 5 == 0)
            {
                giveUp.Cancel();
            }
            try
            {
                await using var session = await pool.RentAsync(cancellationToken: giveUp.Token);
                var now = Interlocked.Increment(ref live);
                InterlockedMax(ref most, now);
                await session.StepAsync(ServedAgent.Frame(new byte[50]), token);
                Interlocked.Decrement(ref live);
                Interlocked.Increment(ref served);
            }
            catch (Exception e) when (e is AgentOverloadedException or OperationCanceledException)
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal(600, served + refused);
        Assert.InRange(most, 1, 4);
        Assert.Equal((0, 0), (pool.LiveSessions, pool.WaitingCallers));
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pool.RentAsync(timeout: TimeSpan.Zero)));
        Assert.Equal(4, all.Length);
    }

    private AgentPool Load(int sessions, int waiting, TimeSpan? idle = null) => AgentPool.Load(
        ServedAgent.Options(o => (o.Sessions.MaxSessions, o.Sessions.MaxWaiting, o.Sessions.IdleTimeout) = (sessions, waiting, idle ?? TimeSpan.FromMinutes(1))),
        _time);

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
