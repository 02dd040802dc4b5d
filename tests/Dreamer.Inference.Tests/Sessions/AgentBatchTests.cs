using Xunit;

namespace Dreamer.Inference.Tests.Sessions;

public sealed class AgentBatchTests : IDisposable
{
    private const int Size = 7;

    private readonly DreamerAgent _agent = CatchAgent.Load();

    public void Dispose() => _agent.Dispose();

    [Theory]
    [InlineData(ActionSelection.Greedy)]
    [InlineData(ActionSelection.Sampled)]
    public void Every_episode_is_what_a_session_of_its_own_gets_to_the_last_bit(ActionSelection selection)
    {
        var ids = Enumerable.Range(0, Size).Select(i => $"e{i}").ToArray();
        using var batch = _agent.CreateBatch(new() { Size = Size, Seed = 5, EpisodeIds = ids, ActionSelection = selection });
        var sessions = ids.Select(id => _agent.CreateSession(new() { Seed = 5, EpisodeId = id, ActionSelection = selection })).ToArray();
        var actions = new int[Size];
        for (var step = 0; step < 30; step++)
        {
            if (step == 12)
            {
                batch.Reset(3, "again");
                sessions[3].Reset("again");
            }
            var frames = CatchAgent.Frames(Size, seed: 100 + step);
            batch.Act([.. frames.SelectMany(frame => frame)], [], actions);
            for (var i = 0; i < Size; i++)
            {
                Assert.Equal(sessions[i].Act(frames[i]), actions[i]);
                Assert.Equal(sessions[i].Latent, batch.Latent(i));
                Assert.Equal(sessions[i].ActionProbabilities, batch.ActionProbabilities(i));
                Assert.Equal(
                    (sessions[i].Reward, sessions[i].Discount, sessions[i].Value, sessions[i].Surprise, sessions[i].Step, sessions[i].EpisodeId),
                    (batch.Rewards[i], batch.Discounts[i], batch.Values[i], batch.Surprises[i], batch.Step(i), batch.EpisodeId(i)));
            }
        }
        Array.ForEach(sessions, session => session.Dispose());
    }

    [Fact]
    public void Observing_takes_what_was_done_instead()
    {
        using var batch = _agent.CreateBatch(new() { Size = 2, Outputs = AgentOutputs.None });
        using var session = _agent.CreateSession(new() { EpisodeId = "batch-1-episode-0" });
        float[] executed = [1, 0, 0, 0, 0, 1];
        var actions = new float[6];
        for (var step = 0; step < 5; step++)
        {
            var frames = CatchAgent.Frames(2, seed: step);
            batch.Observe([.. frames[0], .. frames[1]], [], executed, actions);
            session.Observe(frames[1], 2);
            Assert.Equal(session.Latent, batch.Latent(1));
        }
        Assert.Throws<InvalidOperationException>(() => batch.Values.Length);
        Assert.Throws<InvalidOperationException>(() => batch.ActionProbabilities(0).Length);
    }

    [Fact]
    public void Bad_input_is_refused_and_changes_nothing()
    {
        Assert.Throws<ArgumentException>(() => _agent.CreateBatch(new() { Size = 0 }));
        Assert.Throws<ArgumentException>(() => _agent.CreateBatch(new() { Size = 2, EpisodeIds = ["one"] }));
        Assert.Throws<ArgumentException>(() => _agent.CreateBatch(new() { Size = 2, Outputs = AgentOutputs.Imagination }));
        using var batch = _agent.CreateBatch(new() { Size = 2 });
        var frames = new byte[100];
        Assert.Contains(
            "'images' has 99 values; 2 episodes of agent 'catch' take 100",
            Assert.Throws<ArgumentException>(() => batch.Act(new byte[99], [], new int[2])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => batch.Act(frames, new float[1], new int[2]));
        Assert.Throws<ArgumentException>(() => batch.Act(frames, [], new int[3]));
        Assert.Throws<ArgumentException>(() => batch.Observe(frames, [], [1, 0, 0, float.NaN, 0, 0], new float[6]));
        Assert.Equal((0, 0), (batch.Step(0), batch.Step(1)));
        batch.Act(frames, [], new int[2]);
        batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => batch.Act(frames, [], new int[2]));
    }
}
