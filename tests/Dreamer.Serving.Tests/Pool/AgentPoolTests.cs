using Dreamer.Inference;
using Dreamer.Serving;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class AgentPoolTests
{
    private static readonly byte[][] Frames = CatchAgent.Frames(8);

    [Theory]
    [InlineData(ActionSelection.Greedy, LatentSampling.Sampled)]
    [InlineData(ActionSelection.Sampled, LatentSampling.Mode)]
    public async Task A_served_episode_is_what_a_session_of_its_own_gets_to_the_last_bit(ActionSelection actions, LatentSampling sampling)
    {
        await using var pool = ServedAgent.Load();
        using var agent = CatchAgent.Load();
        using var alone = agent.CreateSession(new() { Seed = 3, EpisodeId = "e", ActionSelection = actions, LatentSampling = sampling });
        var info = await pool.StartAsync(new() { Seed = 3, EpisodeId = "e", ActionSelection = actions, LatentSampling = sampling });
        Assert.Equal(("e", 3UL, 0L, 1), (info.EpisodeId, info.Seed, info.Step, info.Generation));
        foreach (var frame in Frames)
        {
            var step = await pool.StepAsync(info.SessionId, ServedAgent.Frame(frame));
            Assert.Equal(alone.Act(frame), step.Action);
            Assert.Equal(1, step.ActionValues[step.Action!.Value]);
            Assert.Equal((alone.Step, alone.Reward, alone.Discount, alone.Value, alone.Surprise), (step.Step, step.Reward, step.Discount, step.Value, step.Surprise));
            Assert.Equal(alone.ActionProbabilities, step.ActionProbabilities!);
        }
        await pool.EndAsync(info.SessionId);
        Assert.Equal(0, pool.LiveSessions);
    }

    [Fact]
    public async Task What_was_executed_instead_is_what_the_agent_goes_on_from()
    {
        await using var pool = ServedAgent.Load();
        using var agent = CatchAgent.Load();
        using var alone = agent.CreateSession(new() { EpisodeId = "e" });
        await using var one = await pool.RentAsync(new() { EpisodeId = "e" });
        await using var other = await pool.RentAsync(new() { EpisodeId = "e" });
        for (var i = 0; i < Frames.Length; i++)
        {
            var expected = alone.Observe(Frames[i], i % 3);
            var oneHot = new float[3];
            oneHot[i % 3] = 1;
            Assert.Equal(expected, (await one.StepAsync(new() { Image = Frames[i], ExecutedAction = i % 3 })).Action);
            Assert.Equal(alone.Value, (await other.StepAsync(new() { Image = Frames[i], ExecutedActionValues = oneHot })).Value);
        }
    }

    [Fact]
    public async Task A_session_goes_on_elsewhere_from_its_saved_state()
    {
        await using var pool = ServedAgent.Load();
        using var agent = CatchAgent.Load();
        using var alone = agent.CreateSession();
        var first = await pool.StartAsync(new() { Seed = 9 });
        await pool.StepAsync(first.SessionId, ServedAgent.Frame(Frames[0]));
        await pool.StepAsync(first.SessionId, ServedAgent.Frame(Frames[1]));
        var state = await pool.SaveAsync(first.SessionId);

        alone.LoadState(state);
        var second = await pool.StartAsync(new() { State = alone.SaveState() });
        Assert.Equal((first.EpisodeId, 9UL, 2L), (second.EpisodeId, second.Seed, second.Step));
        Assert.Equal(state, await pool.SaveAsync(second.SessionId));
        foreach (var frame in Frames)
        {
            var expected = await pool.StepAsync(first.SessionId, ServedAgent.Frame(frame));
            var found = await pool.StepAsync(second.SessionId, ServedAgent.Frame(frame));
            Assert.Equal((expected.Action, expected.Value, expected.Surprise, expected.Step), (found.Action, found.Value, found.Surprise, found.Step));
            Assert.Equal((expected.Action, expected.Value), (alone.Act(frame), alone.Value));
        }
        // What was saved before the first observation holds nothing that was computed.
        var fresh = await pool.StartAsync(new() { EpisodeId = "fresh" });
        Assert.Equal(0, (await pool.StartAsync(new() { State = await pool.SaveAsync(fresh.SessionId) })).Step);
    }

    [Fact]
    public async Task State_that_is_damaged_or_of_other_weights_begins_no_session()
    {
        await using var pool = ServedAgent.Load(o => o.Sessions.MaxSessions = 1);
        await using (var session = await pool.RentAsync())
        {
            var state = session.SaveState();
            state[^1] ^= 1;
            await session.DisposeAsync();
            await Assert.ThrowsAsync<InvalidDataException>(() => pool.StartAsync(new() { State = state }));
            await Assert.ThrowsAsync<InvalidDataException>(() => pool.StartAsync(new() { State = new byte[] { 1, 2, 3 } }));
        }
        // The place that it had reserved is free again.
        await using var next = await pool.RentAsync(timeout: TimeSpan.Zero);
    }

    [Fact]
    public async Task Bad_input_is_refused_and_the_session_is_unharmed()
    {
        await using var pool = ServedAgent.Load();
        var (hurt, healthy) = (await pool.StartAsync(new() { EpisodeId = "e" }), await pool.StartAsync(new() { EpisodeId = "e" }));
        StepInput[] bad =
        [
            new() { Image = new byte[49] },
            new() { Image = new byte[50], Vector = new float[1] },
            new() { Image = new byte[50], ExecutedAction = 3 },
            new() { Image = new byte[50], ExecutedAction = -1 },
            new() { Image = new byte[50], ExecutedActionValues = new float[2] },
            new() { Image = new byte[50], ExecutedActionValues = new[] { 0f, float.NaN, 0f } },
            new() { Image = new byte[50], ExecutedAction = 1, ExecutedActionValues = new float[3] },
            new() { Image = new byte[50], Timeout = TimeSpan.Zero },
            default,
        ];
        foreach (var frame in Frames)
        {
            foreach (var input in bad)
            {
                await Assert.ThrowsAnyAsync<ArgumentException>(() => pool.StepAsync(hurt.SessionId, input));
            }
            var (one, two) = (await pool.StepAsync(hurt.SessionId, ServedAgent.Frame(frame)), await pool.StepAsync(healthy.SessionId, ServedAgent.Frame(frame)));
            Assert.Equal((two.Step, two.Action, two.Value), (one.Step, one.Action, one.Value));
        }
        await Assert.ThrowsAsync<ArgumentException>(() => pool.StartAsync(new() { EpisodeId = "" }));
        await Assert.ThrowsAsync<ArgumentException>(() => pool.StartAsync(new() { EpisodeId = new string('x', 257) }));
        await Assert.ThrowsAsync<ArgumentException>(() => pool.StartAsync(new() { ActionSelection = (ActionSelection)7 }));
        Assert.Equal(2, pool.LiveSessions);
    }

    [Fact]
    public async Task Sessions_that_never_were_or_that_ended_are_unknown()
    {
        await using var pool = ServedAgent.Load();
        var info = await pool.StartAsync();
        var session = pool.Find(info.SessionId);
        await pool.EndAsync(info.SessionId);
        await session.DisposeAsync();
        foreach (var id in (string[])[info.SessionId, "no such session", ""])
        {
            await Assert.ThrowsAsync<SessionNotFoundException>(() => pool.StepAsync(id, ServedAgent.Frame(Frames[0])));
            await Assert.ThrowsAsync<SessionNotFoundException>(() => pool.SaveAsync(id));
            await Assert.ThrowsAsync<SessionNotFoundException>(() => pool.EndAsync(id));
            Assert.Equal(ServingFailure.UnknownSession, Assert.Throws<SessionNotFoundException>(() => pool.Find(id)).Failure);
        }
        await Assert.ThrowsAsync<SessionNotFoundException>(() => session.StepAsync(ServedAgent.Frame(Frames[0])));
    }

    [Fact]
    public async Task A_session_takes_one_call_at_a_time_and_ends_after_it()
    {
        var (pool, time) = ServedAgent.LoadWithWindow();
        await using var owned = pool;
        await using var other = await pool.RentAsync();
        await using var session = await pool.RentAsync();
        var first = session.StepAsync(ServedAgent.Frame(Frames[0]));
        Assert.Throws<SessionBusyException>(session.SaveState);
        await Assert.ThrowsAsync<SessionBusyException>(() => pool.StepAsync(session.Id, ServedAgent.Frame(Frames[1])));
        await Assert.ThrowsAsync<SessionBusyException>(() => session.ImagineAsync(1));
        await pool.EndAsync(session.Id);
        Assert.Equal(2, pool.LiveSessions);
        time.PassWindow();
        Assert.Equal(1, (await first).Step);
        Assert.Equal(1, pool.LiveSessions);
        await Assert.ThrowsAsync<SessionNotFoundException>(() => session.StepAsync(ServedAgent.Frame(Frames[1])));
    }

    [Fact]
    public async Task Imagination_is_what_a_session_imagines_and_is_bounded()
    {
        await using var pool = ServedAgent.Load(o => o.Sessions.MaxHorizon = 6);
        using var agent = CatchAgent.Load();
        using var alone = agent.CreateSession(new() { EpisodeId = "e", Outputs = AgentOutputs.All | AgentOutputs.Imagination });
        var info = await pool.StartAsync(new() { EpisodeId = "e" });
        await pool.StepAsync(info.SessionId, ServedAgent.Frame(Frames[0]));
        alone.Act(Frames[0]);
        var expected = alone.Imagine(6, ActionSelection.Sampled, LatentSampling.Sampled);
        var found = await pool.ImagineAsync(info.SessionId, 6, ActionSelection.Sampled, LatentSampling.Sampled);
        Assert.Equal(expected.Select(step => (step.State.Value, step.State.Reward)), found.Select(step => (step.State.Value, step.State.Reward)));
        Assert.Equal(alone.Describe().Image, (await pool.DescribeAsync(info.SessionId)).Image);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.ImagineAsync(info.SessionId, 7));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.ImagineAsync(info.SessionId, 0));

        await using var without = ServedAgent.Load(o => o.Outputs = AgentOutputs.None);
        await using var session = await without.RentAsync();
        var step = await session.StepAsync(ServedAgent.Frame(Frames[0]));
        Assert.Equal((null, null, null), (step.Value, step.Surprise, step.ActionProbabilities));
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.ImagineAsync(1));
    }

    [Fact]
    public async Task Draining_begins_no_episodes_and_lets_those_that_live_go_on()
    {
        await using var pool = ServedAgent.Load();
        var info = await pool.StartAsync();
        pool.Drain();
        Assert.False(pool.IsReady);
        await Assert.ThrowsAsync<AgentStoppingException>(() => pool.StartAsync());
        await Assert.ThrowsAsync<AgentStoppingException>(() => pool.ReloadAsync());
        Assert.Equal(1, (await pool.StepAsync(info.SessionId, ServedAgent.Frame(Frames[0]))).Step);
    }

    [Fact]
    public async Task Disposal_answers_what_was_accepted_and_frees_the_weights()
    {
        var hash = "";
        using (var folder = new TemporaryFolder())
        {
            // Weights of this test's own, so that no other test holds them.
            var path = PatchedAgent.WithWeights(folder, GraphNames.Encoder, weights => weights[0] += 0.5f);
            var (pool, _) = ServedAgent.LoadWithWindow(o => o.Path = path);
            hash = pool.Manifest.Graph(GraphNames.Encoder).Sha256;
            var sessions = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => pool.RentAsync()));
            var steps = sessions[..8].Select(session => session.StepAsync(ServedAgent.Frame(Frames[0]))).ToArray();
            Assert.True(SharedGraph.References(hash) > 0);
            await pool.DisposeAsync();
            Assert.All(await Task.WhenAll(steps), step => Assert.Equal(1, step.Step));
            await Assert.ThrowsAsync<AgentStoppingException>(() => sessions[8].StepAsync(ServedAgent.Frame(Frames[0])));
            await Assert.ThrowsAsync<AgentStoppingException>(() => pool.RentAsync());
            await pool.DisposeAsync();
        }
        Assert.Equal(0, SharedGraph.References(hash));
    }
}
