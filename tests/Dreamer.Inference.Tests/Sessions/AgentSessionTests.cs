using Xunit;

namespace Dreamer.Inference.Tests.Sessions;

public sealed class AgentSessionTests : IDisposable
{
    private static readonly byte[][] Frames = CatchAgent.Frames(40);

    private readonly DreamerAgent _agent = CatchAgent.Load();

    public void Dispose() => _agent.Dispose();

    [Theory]
    [InlineData(ActionSelection.Greedy)]
    [InlineData(ActionSelection.Sampled)]
    public void Equal_options_and_frames_give_equal_episodes(ActionSelection selection)
    {
        var options = new AgentSessionOptions { Seed = 3, ActionSelection = selection };
        Assert.Equal(Play(options), Play(options));
    }

    [Fact]
    public void Another_seed_or_episode_gives_other_latents()
    {
        var played = Play(new() { Seed = 3, EpisodeId = "a" });
        Assert.NotEqual(played, Play(new() { Seed = 4, EpisodeId = "a" }));
        Assert.NotEqual(played, Play(new() { Seed = 3, EpisodeId = "b" }));
    }

    [Fact]
    public void Reset_equals_a_new_session()
    {
        using var session = _agent.CreateSession(new() { Seed = 3 });
        Play(session, Frames);
        session.Reset("next");
        Assert.Equal(0, session.Step);
        Assert.Equal(Play(new() { Seed = 3, EpisodeId = "next" }), Play(session, Frames));
    }

    [Fact]
    public void Episodes_without_a_name_are_numbered()
    {
        using var session = _agent.CreateSession();
        Assert.Equal("episode-0", session.EpisodeId);
        session.Reset();
        Assert.Equal("episode-1", session.EpisodeId);
    }

    [Fact]
    public async Task Sessions_side_by_side_do_not_touch_each_other()
    {
        var alone = Enumerable.Range(0, 16).Select(seed => Play(new() { Seed = (ulong)seed })).ToArray();
        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(seed => Task.Run(() => Play(new() { Seed = (ulong)seed }))));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Observing_its_own_action_is_acting()
    {
        using var acting = _agent.CreateSession();
        using var observing = _agent.CreateSession();
        var last = 0;
        foreach (var frame in Frames)
        {
            var action = acting.Act(frame);
            Assert.Equal(action, last = observing.Observe(frame, last));
            Assert.Equal(acting.Latent, observing.Latent);
        }
    }

    [Fact]
    public void Another_executed_action_changes_the_state_but_not_at_the_first_row()
    {
        using var acting = _agent.CreateSession();
        using var observing = _agent.CreateSession();
        var action = acting.Act(Frames[0]);
        observing.Observe(Frames[0], (action + 1) % 3);
        Assert.Equal(acting.Latent, observing.Latent);
        acting.Act(Frames[1]);
        observing.Observe(Frames[1], (action + 1) % 3);
        Assert.NotEqual(acting.Latent.ToArray(), observing.Latent.ToArray());
    }

    [Fact]
    public void The_spans_say_what_the_numbers_say()
    {
        using var one = _agent.CreateSession();
        using var other = _agent.CreateSession();
        var action = new float[3];
        foreach (var frame in Frames)
        {
            var chosen = one.Act(frame);
            other.Act(frame, action);
            Assert.Equal(chosen, action.IndexOf(1f));
            Assert.Equal(1, action.Sum());
            Assert.Equal(1, one.ActionProbabilities.ToArray().Sum(), 5);
            Assert.Equal(one.ActionProbabilities.ToArray().Max(), one.ActionProbabilities[chosen]);
        }
    }

    [Fact]
    public void Sampled_actions_follow_the_probabilities()
    {
        using var session = _agent.CreateSession(new() { ActionSelection = ActionSelection.Sampled });
        var (expected, taken) = (0.0, 0);
        for (var episode = 0; episode < 2000; episode++)
        {
            taken += session.Act(Frames[0]) == 0 ? 1 : 0;
            expected += session.ActionProbabilities[0];
            session.Reset();
        }
        Assert.InRange(taken, expected - 100, expected + 100);
    }

    [Fact]
    public void Acting_allocates_nothing_once_warm()
    {
        using var session = _agent.CreateSession(new() { ActionSelection = ActionSelection.Sampled });
        Play(session, Frames);
        // The collector hands memory out in blocks and counts a block at a time: the least over some rounds is what the calls took.
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var frame in Frames)
            {
                session.Act(frame);
            }
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public void A_frame_of_another_size_is_refused_and_the_session_goes_on_unharmed()
    {
        using var session = _agent.CreateSession();
        using var untouched = _agent.CreateSession();
        session.Act(Frames[0]);
        untouched.Act(Frames[0]);
        var message = Assert.Throws<ArgumentException>(() => session.Act(new byte[49])).Message;
        Assert.Contains("'image' has 49 values; agent 'catch' takes 50, [10, 5, 1] row-major", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => session.Act(new AgentObservation(Frames[1], new float[2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Observe(Frames[1], 3));
        Assert.Throws<ArgumentException>(() => session.Act(Frames[1], new float[2]));
        session.Act(Frames[1]);
        untouched.Act(Frames[1]);
        Assert.Equal(untouched.Latent, session.Latent);
    }

    [Fact]
    public void What_was_not_asked_for_is_refused_with_what_to_ask_for()
    {
        using var session = _agent.CreateSession(new() { Outputs = AgentOutputs.Surprise });
        Assert.Contains("has not observed anything yet", Assert.Throws<InvalidOperationException>(() => session.Surprise).Message, StringComparison.Ordinal);
        session.Act(Frames[0]);
        Assert.True(session.Surprise >= 0);
        Assert.Contains("create it with Outcome", Assert.Throws<InvalidOperationException>(() => session.Value).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => session.ActionProbabilities.Length);
    }

    [Fact]
    public void A_session_outlives_its_agent_and_ends_with_itself()
    {
        var session = _agent.CreateSession();
        _agent.Dispose();
        session.Act(Frames[0]);
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Act(Frames[0]));
        Assert.Throws<ObjectDisposedException>(() => _agent.CreateSession());
    }

    private float[] Play(AgentSessionOptions options)
    {
        using var session = _agent.CreateSession(options);
        return Play(session, Frames);
    }

    private static float[] Play(AgentSession session, byte[][] frames) =>
        [.. frames.SelectMany(frame => (float[])[session.Act(frame), session.Value, session.Surprise, .. session.Latent])];
}
