using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;

namespace Dreamer.MLNet.Tests.Scoring;

public sealed class ScoreEpisodesTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _agent.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void One_step_says_what_the_live_session_said()
    {
        var recording = Recording.Usual(seed: 3);
        var episodes = _ml.Data.LoadFromEpisodes(recording.Write(_folder.Path));

        var scored = _ml.Transforms.ScoreEpisodes(_agent, seed: 3).Fit(episodes).Transform(episodes);

        Assert.Equal(recording.Live.Select(row => row.Latent), scored.Vectors("Latent"));
        Assert.Equal(recording.Live.Select(row => row.Surprise), scored.Singles("Surprise"));
        Assert.Equal(recording.Live.Select(row => (uint)row.Action + 1), scored.Keys("PredictedAction"));
        Assert.Equal(recording.Live.Select(row => row.Value), scored.Singles("PredictedValue"));
    }

    [Fact]
    public void Steps_may_be_left_out_and_added()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        var options = new ScoreEpisodesOptions { Acting = null, Outcomes = null, Imagining = new() { Horizon = 2 }, Decoding = new() };

        var scored = _ml.Transforms.ScoreEpisodes(SyntheticAgent.Small.Write(_folder.Path), options).Fit(data).Transform(data);

        Assert.Equal(
            ["Embedding", "Latent", "Surprise", "RolloutActions", "RolloutRewards", "RolloutDiscounts", "RolloutValues", "RolloutReturn", "DecodedImage"],
            scored.Schema.Skip(data.Schema.Count).Select(column => column.Name));
        Assert.Equal(Recording.Usual().Rows.Count, scored.Singles("RolloutReturn").Length);
    }
}
