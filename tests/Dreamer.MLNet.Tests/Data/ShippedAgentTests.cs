using System.Reflection;
using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;

namespace Dreamer.MLNet.Tests.Data;

/// <summary>The trained agent and its recordings that lie in the repository.</summary>
public sealed class ShippedAgentTests
{
    // The recordings were played with this seed; their ids say so.
    private const ulong Seed = 1;

    private static readonly string Repository = typeof(ShippedAgentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository").Value!;

    [Fact]
    public void Its_recordings_scored_again_pick_every_action_that_was_recorded()
    {
        var ml = new MLContext(1);
        var episodes = ml.Data.LoadFromEpisodes(Path.Combine(Repository, "samples", "recordings"));
        var agent = Path.Combine(Repository, "onnx", "catch");

        var scored = ml.Transforms.EncodeObservation("Embedding", "Image", agent)
            .Append(ml.Transforms.ObserveLatentState("Latent", "Embedding", agent, seed: Seed))
            .Append(ml.Transforms.SelectAction("PredictedAction", "Latent", agent)).Fit(episodes).Transform(episodes);

        var (steps, predicted, recorded) = (scored.Longs("Step"), scored.Keys("PredictedAction"), scored.Vectors("Action"));
        // What the policy picks at a row is the action that led to the next one.
        var pairs = Enumerable.Range(1, steps.Length - 1).Where(row => steps[row] > 0).ToArray();
        Assert.NotEmpty(pairs);
        Assert.All(pairs, row => Assert.Equal(Array.IndexOf(recorded[row], 1f), (int)predicted[row - 1] - 1));
    }

    [Fact]
    public void Saved_in_a_chain_of_all_steps_it_takes_hardly_more_than_its_graphs()
    {
        var ml = new MLContext(1);
        var folder = Path.Combine(Repository, "onnx", "catch");
        var episodes = ml.Data.LoadFromEpisodes(Path.Combine(Repository, "samples", "recordings"));
        var model = ml.Transforms.ScoreEpisodes(folder, new ScoreEpisodesOptions { Imagining = new(), Decoding = new() }).Fit(episodes);
        using var saved = new MemoryStream();
        ml.Model.Save(model, episodes.Schema, saved);

        // Two steps that use one graph store it twice: each can be taken out of a chain and saved alone.
        Assert.InRange(saved.Length, 1, 1.2 * Directory.GetFiles(folder, "*.onnx").Sum(file => new FileInfo(file).Length));
    }

    [Fact]
    public void Its_recordings_scored_in_windows_give_what_a_session_sees()
    {
        var ml = new MLContext(1);
        using var agent = DreamerAgent.Load(Path.Combine(Repository, "onnx", "catch"));
        var episodes = ml.Data.LoadFromEpisodes(Path.Combine(Repository, "samples", "recordings"));
        var scored = ml.Transforms.EncodeObservation("Embedding", "Image", agent)
            .Append(ml.Transforms.ObserveLatentState("Latent", "Embedding", agent, "Surprise", Seed))
            .Append(ml.Transforms.PredictOutcome("Latent", agent)).Fit(episodes).Transform(episodes);

        using var session = agent.CreateSession(new AgentSessionOptions { Seed = Seed });
        var (latents, surprises, values) = (new List<float[]>(), new List<float>(), new List<float>());
        var action = new float[agent.Manifest.Action.Size];
        foreach (var file in Directory.GetFiles(Path.Combine(Repository, "samples", "recordings")).Order(StringComparer.Ordinal))
        {
            var episode = Dreamer.Inference.Episodes.EpisodeFile.Read(file);
            session.Reset(episode.Id);
            for (var row = 0; row < episode.RowCount; row++)
            {
                session.Observe(new AgentObservation(episode.Image(row), episode.Vector(row)), episode.Action(row), action);
                latents.Add(session.Latent.ToArray());
                surprises.Add(session.Surprise);
                values.Add(session.Value);
            }
        }

        Assert.Equal(latents, scored.Vectors("Latent"));
        Assert.Equal(surprises, scored.Singles("Surprise"));
        Assert.Equal(values, scored.Singles("PredictedValue"));
    }
}
