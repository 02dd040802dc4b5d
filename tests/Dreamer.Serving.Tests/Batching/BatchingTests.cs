using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class BatchingTests
{
    private static readonly byte[][] Frames = CatchAgent.Frames(16);

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    public async Task Sessions_that_threads_interleave_get_to_the_last_bit_what_each_gets_alone(bool batched, int workers)
    {
        const int sessions = 256;
        const int threads = 16;
        const int steps = 10_000;
        await using var pool = ServedAgent.Load(o =>
            (o.Batching.Enabled, o.Batching.Workers, o.Batching.MaxBatchSize, o.Batching.Window) = (batched, workers, 48, TimeSpan.FromMilliseconds(batched ? 1 : 0)));
        var rented = await Task.WhenAll(Enumerable.Range(0, sessions).Select(i => pool.RentAsync(Options(i))));
        var found = rented.Select(_ => new List<AgentStep>()).ToArray();

        // Each thread has the sessions of its own rest class, and asks for several of them at once in an order of its own.
        var asked = Enumerable.Range(0, threads).Select(thread => Task.Run(async () =>
        {
            var random = new Random(thread);
            var mine = Enumerable.Range(0, sessions).Where(i => i % threads == thread).ToArray();
            for (var left = steps / threads; left > 0;)
            {
                random.Shuffle(mine);
                var some = mine[..Math.Min(left, random.Next(1, mine.Length + 1))];
                var answers = await Task.WhenAll(some.Select(i => rented[i].StepAsync(ServedAgent.Frame(Frame(i, found[i].Count)))));
                for (var at = 0; at < some.Length; at++)
                {
                    found[some[at]].Add(answers[at]);
                }
                left -= some.Length;
            }
        }));
        await Task.WhenAll(asked);

        Assert.Equal(steps, found.Sum(answers => answers.Count));
        using var agent = CatchAgent.Load();
        Parallel.For(0, sessions, i =>
        {
            var options = Options(i);
            using var alone = agent.CreateSession(new() { Seed = options.Seed, EpisodeId = options.EpisodeId, ActionSelection = options.ActionSelection });
            for (var step = 0; step < found[i].Count; step++)
            {
                var answer = found[i][step];
                Assert.Equal(alone.Act(Frame(i, step)), answer.Action);
                Assert.Equal((alone.Value, alone.Reward, alone.Surprise, alone.Step), (answer.Value, answer.Reward, answer.Surprise, answer.Step));
            }
        });
    }

    [Fact]
    public async Task A_batch_waits_for_others_until_its_window_is_over()
    {
        using var meters = new TestMeters();
        var (pool, time) = ServedAgent.LoadWithWindow(meters: meters);
        await using var owned = pool;
        using var sizes = new Measured(meters, ServingDiagnostics.BatchSize);
        var sessions = await Rent(pool, 3);
        var two = sessions[..2].Select(session => session.StepAsync(ServedAgent.Frame(Frames[0]))).ToArray();
        Assert.Equal(2, pool.QueuedSteps);
        time.PassWindow();
        await Task.WhenAll(two);
        Assert.Equal([2], sizes.Values);
    }

    [Fact]
    public async Task A_batch_that_every_live_session_is_in_does_not_wait()
    {
        using var meters = new TestMeters();
        var (pool, _) = ServedAgent.LoadWithWindow(meters: meters);
        await using var owned = pool;
        using var sizes = new Measured(meters, ServingDiagnostics.BatchSize);
        var sessions = await Rent(pool, 3);
        await Task.WhenAll(sessions.Select(session => session.StepAsync(ServedAgent.Frame(Frames[0]))));
        Assert.Equal([3], sizes.Values);
    }

    [Fact]
    public async Task A_batch_that_is_full_does_not_wait()
    {
        using var meters = new TestMeters();
        var (pool, time) = ServedAgent.LoadWithWindow(o => o.Batching.MaxBatchSize = 2, meters: meters);
        await using var owned = pool;
        using var sizes = new Measured(meters, ServingDiagnostics.BatchSize);
        var sessions = await Rent(pool, 8);
        var five = sessions[..5].Select(session => session.StepAsync(ServedAgent.Frame(Frames[0]))).ToArray();
        await Task.WhenAll(five[..4]);
        Assert.False(five[4].IsCompleted);
        time.PassWindow();
        await five[4];
        Assert.Equal([1, 2, 2], sizes.Values.Order());
    }

    [Fact]
    public async Task Without_batching_steps_run_alone_and_at_once()
    {
        using var meters = new TestMeters();
        var (pool, _) = ServedAgent.LoadWithWindow(o => o.Batching.Enabled = false, meters: meters);
        await using var owned = pool;
        using var sizes = new Measured(meters, ServingDiagnostics.BatchSize);
        var sessions = await Rent(pool, 4);
        await Task.WhenAll(sessions[..3].Select(session => session.StepAsync(ServedAgent.Frame(Frames[0]))));
        Assert.Equal([1, 1, 1], sizes.Values);
    }

    [Fact]
    public async Task One_step_more_than_may_wait_is_refused_at_once_and_may_be_tried_again()
    {
        var (pool, time) = ServedAgent.LoadWithWindow(o => o.Batching.MaxQueued = 2);
        await using var owned = pool;
        var sessions = await Rent(pool, 4);
        var two = sessions[..2].Select(session => session.StepAsync(ServedAgent.Frame(Frames[0]))).ToArray();
        var refused = await Assert.ThrowsAsync<AgentOverloadedException>(() => sessions[2].StepAsync(ServedAgent.Frame(Frames[0])));
        Assert.Equal((ServingFailure.QueueFull, 2), (refused.Failure, refused.Limit));
        time.PassWindow();
        await Task.WhenAll(two);
        var again = sessions[2].StepAsync(ServedAgent.Frame(Frames[0]));
        time.PassWindow();
        Assert.Equal(1, (await again).Step);
    }

    [Fact]
    public async Task A_step_that_comes_too_late_or_is_taken_back_leaves_its_session_as_it_was()
    {
        var (pool, time) = ServedAgent.LoadWithWindow();
        await using var owned = pool;
        var sessions = await Rent(pool, 4);
        using var takeBack = new CancellationTokenSource();
        var late = sessions[0].StepAsync(ServedAgent.Frame(Frames[0]) with { Timeout = TimeSpan.FromMilliseconds(1) });
        var taken = sessions[1].StepAsync(ServedAgent.Frame(Frames[0]), takeBack.Token);
        var fine = sessions[2].StepAsync(ServedAgent.Frame(Frames[0]));
        await takeBack.CancelAsync();
        time.PassWindow();
        Assert.Equal(1, (await fine).Step);
        Assert.Equal(ServingFailure.DeadlineExceeded, (await Assert.ThrowsAsync<AgentDeadlineException>(() => late)).Failure);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sessions[1].StepAsync(ServedAgent.Frame(Frames[0]), takeBack.Token));
        foreach (var session in sessions[..2])
        {
            var step = session.StepAsync(ServedAgent.Frame(Frames[0]));
            time.PassWindow();
            Assert.Equal(((await fine).Value, 1L), ((await step).Value, (await step).Step));
        }
    }

    [Fact]
    public async Task Memory_that_cannot_be_read_any_more_hurts_its_own_step_alone()
    {
        var (pool, time) = ServedAgent.LoadWithWindow();
        await using var owned = pool;
        var sessions = await Rent(pool, 3);
        var memory = new GoneMemory();
        var bad = sessions[0].StepAsync(new() { Image = memory.Memory });
        var good = sessions[1].StepAsync(ServedAgent.Frame(Frames[0]));
        memory.IsGone = true;
        time.PassWindow();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => bad);
        Assert.Equal(1, (await good).Step);
        var again = sessions[0].StepAsync(ServedAgent.Frame(Frames[0]));
        time.PassWindow();
        Assert.Equal(((await good).Value, 1L), ((await again).Value, (await again).Step));
    }

    private static EpisodeOptions Options(int session) => new()
    {
        Seed = (ulong)(session % 7),
        EpisodeId = $"episode {session}",
        ActionSelection = session % 2 == 0 ? ActionSelection.Sampled : ActionSelection.Greedy,
    };

    private static byte[] Frame(int session, int step) => Frames[(session * 5 + step) % Frames.Length];

    private static async Task<PooledSession[]> Rent(AgentPool pool, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => pool.RentAsync(new() { EpisodeId = "e" })));
}
