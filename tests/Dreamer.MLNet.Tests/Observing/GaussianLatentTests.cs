using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;

namespace Dreamer.MLNet.Tests.Observing;

/// <summary>An agent with Gaussian latents and continuous actions is loaded, acts and scores like any other.</summary>
public sealed class GaussianLatentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Gaussian.Load();

    public void Dispose()
    {
        _agent.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Scored_recordings_say_what_the_live_session_said()
    {
        using var session = _agent.CreateSession(new AgentSessionOptions { Seed = 4, ActionSelection = ActionSelection.Sampled });
        List<float[]> latents = [], actions = [];
        List<float> surprises = [], values = [];
        Play(session, row =>
        {
            latents.Add(session.Latent.ToArray());
            actions.Add(row);
            surprises.Add(session.Surprise);
            values.Add(session.Value);
        });

        var episodes = _ml.Data.LoadFromEpisodes(Path.Combine(_folder.Path, "*.npz"));
        var scored = _ml.Transforms.EncodeObservation("Embedding", "Vector", _agent)
            .Append(_ml.Transforms.ObserveLatentState(_agent, new()
            {
                Seed = 4, SurpriseColumnName = "Surprise", PriorLogitsColumnName = "Prior", PosteriorLogitsColumnName = "Posterior",
            }))
            .Append(_ml.Transforms.SelectAction(_agent, new() { Seed = 4, ActionSelection = ActionSelection.Sampled }))
            .Append(_ml.Transforms.PredictOutcome("Latent", _agent))
            .Fit(episodes).Transform(episodes);

        Assert.Equal(latents, scored.Vectors("Latent"));
        Assert.Equal(actions, scored.Vectors("PredictedAction"));
        // The test agent sums as ONNX Runtime likes it, whose last bits depend on the batch.
        Assert.All(surprises.Zip(scored.Singles("Surprise")), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * pair.First));
        Assert.Equal(values, scored.Singles("PredictedValue"));
        Assert.All(surprises, surprise => Assert.True(surprise >= 0));
        Assert.All(scored.Vectors("Prior").Concat(scored.Vectors("Posterior")), stats =>
        {
            Assert.Equal(10, stats.Length);
            Assert.All(stats.Skip(5), deviation => Assert.True(deviation > 0));
        });
    }

    [Fact]
    public void Without_noise_the_latent_starts_with_the_means()
    {
        using var session = _agent.CreateSession();
        Play(session, _ => { });
        var episodes = _ml.Data.LoadFromEpisodes(Path.Combine(_folder.Path, "*.npz"));
        var scored = _ml.Transforms.EncodeObservation("Embedding", "Vector", _agent)
            .Append(_ml.Transforms.ObserveLatentState(_agent, new() { LatentSampling = LatentSampling.Mode, PosteriorLogitsColumnName = "Posterior" }))
            .Fit(episodes).Transform(episodes);
        Assert.Equal(scored.Vectors("Posterior").Select(stats => stats[..5]), scored.Vectors("Latent").Select(latent => latent[..5]));
    }

    private void Play(AgentSession session, Action<float[]> acted)
    {
        var random = new Random(6);
        session.Reset("arm");
        var recorder = new EpisodeRecorder(null, 4, 2);
        var action = new float[2];
        for (var row = 0; row < 30; row++)
        {
            float[] vector = [.. Enumerable.Range(0, 4).Select(_ => (float)random.NextDouble())];
            if (row == 0)
            {
                recorder.First(vector);
            }
            else
            {
                recorder.Add(vector, action, reward: 0, isLast: row == 29, isTerminal: false);
            }
            session.Act(vector, action);
            acted([.. action]);
        }
        EpisodeFile.Save(_folder.Path, recorder.Finish("arm"), new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero));
    }
}
