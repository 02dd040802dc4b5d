using Dreamer.Inference;
using Dreamer.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>One live episode: a prediction engine against a session.</summary>
internal static class EngineRates
{
    private const int Steps = 2000;

    internal static void Print(DreamerAgent agent, int rounds)
    {
        var image = agent.Manifest.Image ?? throw new ArgumentException("The agent sees no image.", nameof(agent));
        var ml = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Image)].ColumnType = new VectorDataViewType(NumberDataViewType.Byte, image.Height, image.Width, image.Channels);
        schema[nameof(Row.Action)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, agent.Manifest.Action.Size);
        var row = new Row { EpisodeId = "live", IsFirst = true, Image = new byte[image.Size], Action = new float[agent.Manifest.Action.Size] };
        new Random(1).NextBytes(row.Image);

        var rows = ml.Data.LoadFromEnumerable([row], schema);
        var chain = ml.Transforms.EncodeObservation("Embedding", "Image", agent)
            .Append(ml.Transforms.ObserveLatentState("Latent", "Embedding", agent))
            .Append(ml.Transforms.SelectAction("PredictedAction", "Latent", agent));
        using var model = chain.Fit(rows);
        using var engine = ml.Model.CreateDreamerPredictionEngine<Row, Choice>(
            model, new PredictionEngineOptions { InputSchemaDefinition = schema, OwnsTransformer = false });
        using var session = agent.CreateSession(new() { EpisodeId = "live", Outputs = AgentOutputs.None });
        var choice = new Choice();
        new Race(rounds)
            .Add("AgentSession.Act", Steps, () => Repeat(() => session.Act(row.Image)))
            .Add("DreamerPredictionEngine.Predict", Steps, () =>
            {
                row.IsFirst = true;
                Repeat(() =>
                {
                    engine.Predict(row, ref choice);
                    row.IsFirst = false;
                    Array.Clear(row.Action);
                    row.Action[choice.PredictedAction - 1] = 1;
                });
            })
            .Print($"one live episode, image {image}, latent {agent.Manifest.Latent.Size}, an action each step");
    }

    private static void Repeat(Action step)
    {
        for (var i = 0; i < Steps; i++)
        {
            step();
        }
    }

    private sealed class Row
    {
        public string EpisodeId { get; set; } = "";

        public bool IsFirst { get; set; }

        public byte[] Image { get; set; } = [];

        public float[] Action { get; set; } = [];
    }

    private sealed class Choice
    {
        public uint PredictedAction { get; set; }
    }
}
