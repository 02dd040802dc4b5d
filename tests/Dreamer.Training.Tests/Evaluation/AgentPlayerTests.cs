using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;
using Dreamer.Training.Tests.Export;
using Xunit;

namespace Dreamer.Training.Tests.Evaluation;

public sealed class AgentPlayerTests : IDisposable
{
    private readonly TestAgent _exported = new(new Catch(0).ObservationSpace);
    private readonly DreamerAgent _agent;

    public AgentPlayerTests()
    {
        _exported.Export();
        _agent = DreamerAgent.Load(_exported.Folder);
    }

    public void Dispose()
    {
        _agent.Dispose();
        _exported.Dispose();
    }

    [Fact]
    public void Episodes_hold_what_was_seen_done_and_thought()
    {
        using var player = Player(new() { Seed = 5, Outputs = AgentOutputs.All, EpisodePrefix = "test-" });
        var episode = player.PlayEpisode();
        Assert.Equal("test-5-000000", episode.Id);
        Assert.Equal("test-5-000001", player.PlayEpisode().Id);
        Assert.Equal(10, episode.RowCount);
        Assert.Equal([AgentPlayer.SurpriseLog, AgentPlayer.ValueLog], episode.Logs.Keys.Order());
        Assert.All(Enumerable.Range(0, 10), row =>
        {
            Assert.Equal(row == 0, episode.IsFirst[row]);
            Assert.Equal(row == 9, episode.IsLast[row]);
            Assert.Equal(row == 0 ? 0 : 1, episode.Action(row).ToArray().Sum());
        });
        Assert.Equal(1, Math.Abs(episode.Return));
    }

    /// <summary>What the recording says must be what a session of that seed and id sees when it is shown the recording.</summary>
    [Fact]
    public void A_session_that_is_shown_the_recording_sees_the_same()
    {
        using var player = Player(new() { Seed = 5, Outputs = AgentOutputs.All, ActionSelection = ActionSelection.Sampled });
        var episode = player.PlayEpisode();
        using var session = _agent.CreateSession(new() { Seed = 5, EpisodeId = episode.Id, ActionSelection = ActionSelection.Sampled });
        var proposed = new float[3];
        for (var row = 0; row < episode.RowCount; row++)
        {
            session.Observe(episode.Image(row), episode.Action(row), proposed);
            Assert.Equal(episode.Logs[AgentPlayer.ValueLog][row], session.Value);
            Assert.Equal(episode.Logs[AgentPlayer.SurpriseLog][row], session.Surprise);
            if (row + 1 < episode.RowCount)
            {
                Assert.Equal(episode.Action(row + 1).ToArray(), proposed);
            }
        }
    }

    [Fact]
    public void Equal_seeds_play_alike_and_others_do_not()
    {
        Assert.Equal(Returns(1), Returns(1));
        Assert.NotEqual(Returns(1), Returns(2));
    }

    [Fact]
    public void The_cost_leaves_the_first_episode_out_and_is_free_of_allocations()
    {
        using var player = Player(new());
        player.PlayEpisode();
        Assert.Equal(new ActCost(0, TimeSpan.Zero, 0), player.Cost);
        var played = new List<Episode>();
        player.Evaluate(20, played.Add);
        Assert.Equal((20, 200), (played.Count, player.Cost.Calls));
        Assert.True(player.Cost.Median > TimeSpan.Zero);
    }

    [Fact]
    public void An_agent_that_does_not_fit_is_refused_with_what_differs()
    {
        var message = Assert.Throws<ArgumentException>(() => new AgentPlayer(_agent, new OtherWorld())).Message;
        Assert.Contains("the agent's image is [10, 5, 1], the environment's none", message, StringComparison.Ordinal);
        Assert.Contains("vector size is 0, the environment's 4", message, StringComparison.Ordinal);
        Assert.Contains("action size is 3, the environment's 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_between_two_steps_when_it_is_told_to()
    {
        using var player = Player(new());
        Assert.Throws<OperationCanceledException>(() => player.PlayEpisode(new CancellationToken(canceled: true)));
        Assert.Equal(10, player.PlayEpisode().RowCount);
    }

    private AgentPlayer Player(AgentPlayerOptions options) => new(_agent, new Catch(options.Seed), options);

    private List<double> Returns(ulong seed)
    {
        using var player = Player(new() { Seed = seed, ActionSelection = ActionSelection.Sampled });
        var returns = new List<double>();
        player.Evaluate(30, episode => returns.Add(episode.Return));
        return returns;
    }

    private sealed class OtherWorld : IEnvironment
    {
        public ObservationSpace ObservationSpace { get; } = new(null, 4);

        public ActionSpace ActionSpace { get; } = ActionSpace.Discrete(2);

        public EnvironmentStep Reset() => throw new InvalidOperationException("nobody plays here");

        public EnvironmentStep Step(ReadOnlySpan<float> action) => throw new InvalidOperationException("nobody plays here");
    }
}
