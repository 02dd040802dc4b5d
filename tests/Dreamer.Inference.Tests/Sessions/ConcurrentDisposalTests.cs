using Xunit;

namespace Dreamer.Inference.Tests.Sessions;

/// <summary>What is disposed while another thread runs it ends with an exception there, never with the process.</summary>
public sealed class ConcurrentDisposalTests
{
    private static readonly byte[] Frame = CatchAgent.Frames(1)[0];

    [Fact]
    public async Task A_session_disposed_during_calls_throws_ObjectDisposedException_at_the_next()
    {
        using var agent = CatchAgent.Load();
        for (var trial = 0; trial < 50; trial++)
        {
            var session = agent.CreateSession();
            var calls = await DisposedMeanwhile(() => session.Act(Frame), session);
            Assert.True(calls > 0);
        }
    }

    [Fact]
    public async Task A_batch_and_an_imagination_disposed_during_calls_throw_ObjectDisposedException()
    {
        using var agent = CatchAgent.Load();
        var batch = agent.CreateBatch(new() { Size = 3 });
        byte[] frames = [.. Frame, .. Frame, .. Frame];
        await DisposedMeanwhile(() => batch.Act(frames, [], new int[3]), batch);
        var imagination = agent.CreateImagination();
        var latent = new float[agent.Manifest.Latent.Size];
        await DisposedMeanwhile(() => imagination.Rollout(latent, 3), imagination);
    }

    [Fact]
    public void Weights_in_use_outlive_their_last_handle()
    {
        using var agent = CatchAgent.Load();
        var handle = agent.OpenGraph(GraphNames.Encoder);
        agent.Dispose();
        using (var use = handle.Begin())
        {
            handle.Dispose();
            Assert.NotEmpty(use.Session.InputMetadata);
            Assert.Throws<ObjectDisposedException>(() => handle.Begin().Dispose());
            Assert.Throws<ObjectDisposedException>(handle.Share);
        }
        handle.Dispose();
    }

    [Fact]
    public async Task Two_threads_in_one_session_are_told_so()
    {
        using var agent = CatchAgent.Load();
        using var session = agent.CreateSession();
        using var told = new CancellationTokenSource();
        async Task<string?> Play() => await Task.Run(() =>
        {
            while (!told.IsCancellationRequested)
            {
                try
                {
                    session.Act(Frame);
                }
                catch (InvalidOperationException e)
                {
                    told.Cancel();
                    return e.Message;
                }
            }
            return null;
        });

        var messages = await Task.WhenAll(Play(), Play());

        Assert.Contains(messages, message => message?.Contains("Two threads use one AgentSession", StringComparison.Ordinal) == true);
        session.Reset();
        session.Act(Frame);
    }

    /// <summary>Calls on another thread, disposes after the first call, and waits for the exception.</summary>
    private static async Task<int> DisposedMeanwhile(Action call, IDisposable used)
    {
        var calls = 0;
        using var begun = new SemaphoreSlim(0);
        var running = Task.Run(() =>
        {
            while (true)
            {
                call();
                if (++calls == 1)
                {
                    begun.Release();
                }
            }
        });
        await begun.WaitAsync();
        used.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        return calls;
    }
}
