using Xunit;

namespace Dreamer.Inference.Tests.Sessions;

public sealed class SessionStateTests : IDisposable
{
    private static readonly byte[][] Frames = CatchAgent.Frames(20);

    private readonly DreamerAgent _agent = CatchAgent.Load();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void A_session_goes_on_elsewhere_bit_for_bit()
    {
        using var here = _agent.CreateSession(new() { Seed = 9, ActionSelection = ActionSelection.Sampled, EpisodeId = "träger" });
        Array.ForEach(Frames[..10], frame => here.Act(frame));
        var state = here.SaveState();

        using var other = CatchAgent.Load();
        using var there = other.CreateSession(new() { ActionSelection = ActionSelection.Sampled });
        there.LoadState(state);
        Assert.Equal(("träger", 10L, 9UL), (there.EpisodeId, there.Step, there.Seed));
        Assert.Equal((here.Reward, here.Discount, here.Value, here.Surprise), (there.Reward, there.Discount, there.Value, there.Surprise));
        Assert.Equal(here.ActionProbabilities, there.ActionProbabilities);
        foreach (var frame in Frames[10..])
        {
            Assert.Equal(here.Act(frame), there.Act(frame));
            Assert.Equal(here.Latent, there.Latent);
            Assert.Equal(here.Surprise, there.Surprise);
        }
        here.Reset();
        there.Reset();
        Assert.Equal(here.EpisodeId, there.EpisodeId);
        Assert.Equal(here.Act(Frames[0]), there.Act(Frames[0]));
        Assert.Equal(here.Latent, there.Latent);
    }

    [Fact]
    public void What_the_state_does_not_hold_is_there_after_the_next_observation()
    {
        using var lean = _agent.CreateSession(new() { Outputs = AgentOutputs.None });
        lean.Act(Frames[0]);
        using var full = _agent.CreateSession();
        full.LoadState(lean.SaveState());
        Assert.Contains("the next observation computes it", Assert.Throws<InvalidOperationException>(() => full.Value).Message, StringComparison.Ordinal);
        full.Act(Frames[1]);
        Assert.True(float.IsFinite(full.Value));
    }

    [Fact]
    public void Other_bytes_are_refused_and_the_session_is_as_it_was()
    {
        using var session = _agent.CreateSession();
        session.Act(Frames[0]);
        var state = session.SaveState();
        for (var i = 0; i < state.Length; i++)
        {
            var damaged = state.ToArray();
            damaged[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => session.LoadState(damaged));
        }
        Assert.Throws<InvalidDataException>(() => session.LoadState([]));
        Assert.Throws<InvalidDataException>(() => session.LoadState(state.AsSpan(..^1)));
        Assert.Equal(state, session.SaveState());

        var manifest = _agent.Manifest;
        var graphs = manifest.Graphs.ToDictionary(
            graph => graph.Name,
            graph =>
            {
                using var handle = _agent.OpenGraph(graph.Name);
                return handle.Bytes;
            });
        using var renamed = DreamerAgent.FromParts(manifest with { Graphs = [.. manifest.Graphs.Reverse()] }, graphs);
        using var foreign = renamed.CreateSession();
        Assert.Contains("of another agent", Assert.Throws<InvalidDataException>(() => foreign.LoadState(state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Imagination_starts_where_the_session_is_and_leaves_it_there()
    {
        using var session = _agent.CreateSession(new() { Outputs = AgentOutputs.All | AgentOutputs.Imagination });
        using var imagination = _agent.CreateImagination();
        session.Act(Frames[0]);
        var before = session.SaveState();
        var steps = session.Imagine(5);
        Assert.Equal(5, steps.Count);
        ReadOnlySpan<float> latent = session.Latent;
        foreach (var step in steps)
        {
            Assert.Equal(imagination.Describe(latent).GreedyAction, step.Action);
            var expected = imagination.Step(latent, step.Action);
            Assert.Equal(expected.Latent, step.State.Latent);
            Assert.Equal(expected.Reward, step.State.Reward);
            latent = step.State.Latent;
        }
        Assert.Equal(before, session.SaveState());
        Assert.Equal(50, session.Describe().Image.Length);
        Assert.NotEqual(
            session.Imagine(8, ActionSelection.Sampled, LatentSampling.Sampled).SelectMany(step => step.State.Latent),
            session.Imagine(8, ActionSelection.Sampled, LatentSampling.Sampled).SelectMany(step => step.State.Latent));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Imagine(0));
        using var without = _agent.CreateSession();
        Assert.Contains("create it with Imagination", Assert.Throws<InvalidOperationException>(() => without.Imagine(1)).Message, StringComparison.Ordinal);
    }
}
