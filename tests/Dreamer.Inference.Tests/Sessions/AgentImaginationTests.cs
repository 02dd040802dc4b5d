using Xunit;

namespace Dreamer.Inference.Tests.Sessions;

public sealed class AgentImaginationTests : IDisposable
{
    private readonly DreamerAgent _agent = CatchAgent.Load();
    private readonly AgentSession _session;

    public AgentImaginationTests()
    {
        _session = _agent.CreateSession();
        _session.Act(CatchAgent.Frames(1)[0]);
    }

    public void Dispose()
    {
        _session.Dispose();
        _agent.Dispose();
    }

    [Fact]
    public void Describes_a_session_as_the_session_does()
    {
        using var imagination = _agent.CreateImagination();
        var state = imagination.Describe(_session.Latent);
        Assert.Equal((_session.Reward, _session.Discount, _session.Value), (state.Reward, state.Discount, state.Value));
        Assert.Equal(_session.ActionProbabilities.ToArray(), state.ActionProbabilities);
        Assert.Equal(50, state.Image.Length);
        Assert.Empty(state.Vector);
    }

    [Fact]
    public void The_mode_is_one_and_samples_are_many()
    {
        using var imagination = _agent.CreateImagination(seed: 1);
        var mode = imagination.Step(_session.Latent, 1).Latent;
        Assert.Equal(mode, imagination.Step(_session.Latent, 1).Latent);
        var samples = Enumerable.Range(0, 20).Select(_ => imagination.Step(_session.Latent, 1, LatentSampling.Sampled).Latent).ToArray();
        Assert.True(samples.DistinctBy(sample => string.Join(' ', sample)).Count() > 1);

        using var again = _agent.CreateImagination(seed: 1);
        Assert.Equal(samples, Enumerable.Range(0, 20).Select(_ => again.Step(_session.Latent, 1, LatentSampling.Sampled).Latent));
    }

    [Fact]
    public void Actions_lead_to_different_states()
    {
        using var imagination = _agent.CreateImagination();
        Assert.NotEqual(imagination.Step(_session.Latent, 0).Latent, imagination.Step(_session.Latent, 2).Latent);
    }

    [Fact]
    public void Wrong_sizes_and_actions_are_refused()
    {
        using var imagination = _agent.CreateImagination();
        Assert.Throws<ArgumentOutOfRangeException>(() => imagination.Step(_session.Latent, 3));
        Assert.Throws<ArgumentException>(() => imagination.Step(_session.Latent, new float[2]));
        Assert.Throws<ArgumentException>("latent", () => imagination.Describe(new float[3]));
    }
}
