using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Dreamer.MLNet.Tests.Composition;

/// <summary>ML.NET's own steps before ours: its ONNX step over our encoder, its images, its text files.</summary>
public sealed class StockStepCompositionTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_stock_ONNX_step_over_our_encoder_stands_in_for_it()
    {
        using var agent = CatchRow.LoadAgent();
        var data = _ml.Data.LoadFromEnumerable(CatchRow.Read());
        var encoder = Path.Combine(CatchRow.Repository, "onnx", "catch", "encoder.onnx");

        var stock = _ml.Transforms.CopyColumns(TensorNames.Image, "Image")
            .Append(_ml.Transforms.ApplyOnnxModel([TensorNames.Embedding], [TensorNames.Image], encoder))
            .Append(_ml.Transforms.ObserveLatentState("Latent", TensorNames.Embedding, agent, seed: 1)).Fit(data).Transform(data);

        var ours = _ml.Transforms.ScoreEpisodes(agent, seed: 1).Fit(data).Transform(data);
        Assert.Equal(ours.Vectors("Latent"), stock.Vectors("Latent"));
    }

    [Fact]
    public void Image_files_are_loaded_resized_and_unpacked_by_stock_steps()
    {
        using var agent = SyntheticAgent.Small.Load();
        byte[] shades = [0, 60, 128, 200, 255];
        var files = shades.Select(shade =>
        {
            byte[] pixels = [.. Enumerable.Range(0, 10 * 12).SelectMany(_ => new byte[] { shade, shade, shade, 255 })];
            using var image = MLImage.CreateFromPixels(10, 12, MLPixelFormat.Rgba32, pixels);
            var file = _folder.File($"{shade}.png");
            image.Save(file);
            return new Frame { File = Path.GetFileName(file) };
        }).ToList();
        var data = _ml.Data.LoadFromEnumerable(files);

        var encoded = _ml.Transforms.LoadImages("Picture", _folder.Path, "File")
            .Append(_ml.Transforms.ResizeImages("Picture", 5, 6))
            .Append(_ml.Transforms.ExtractPixels(
                "Image", "Picture", ImagePixelExtractingEstimator.ColorBits.Red, interleavePixelColors: true, outputAsFloatArray: false))
            .Append(_ml.Transforms.EncodeObservation("Embedding", "Image", agent)).Fit(data).Transform(data);

        var plain = _ml.Data.LoadFromEnumerable(shades.Select(shade => new LoggedRow { Action = new float[3], Image = [.. Enumerable.Repeat(shade, 30)] }));
        Assert.Equal(_ml.Transforms.EncodeObservation("Embedding", "Image", agent).Fit(plain).Transform(plain).Vectors("Embedding"), encoded.Vectors("Embedding"));
    }

    [Fact]
    public void A_table_of_logged_steps_is_scored_as_the_recordings_it_was_made_of()
    {
        using var agent = CatchRow.LoadAgent();
        var table = _ml.Data.LoadFromTextFile(
            Path.Combine(CatchRow.Repository, "samples", "steps.csv"),
            [
                new("EpisodeId", DataKind.String, 0), new("Step", DataKind.Int64, 1), new("Taken", DataKind.String, 2), new("Reward", DataKind.Single, 3),
                new("Pixels", DataKind.Byte, 4, 53),
            ],
            separatorChar: ',',
            hasHeader: true);
        var names = _ml.Data.LoadFromEnumerable(agent.Manifest.Action.Names!.Select(name => new Name { Taken = name }));
        var scored = _ml.Transforms.CustomMapping<Logged, Shaped>((from, to) => (to.IsFirst, to.Image) = (from.Step == 0, from.Pixels), contractName: null)
            .Append(_ml.Transforms.Conversion.MapValueToKey("Action", "Taken", keyData: names))
            .Append(_ml.Transforms.ScoreEpisodes(agent, new ScoreEpisodesOptions
            {
                Observing = new() { SurpriseColumnName = "Surprise", ActionTiming = ActionTiming.TakenHere, Seed = 1 },
            })).Fit(table).Transform(table);

        var recorded = _ml.Data.LoadFromEnumerable(CatchRow.Read());
        var expected = _ml.Transforms.ScoreEpisodes(agent, seed: 1).Fit(recorded).Transform(recorded);
        Assert.Equal(expected.Vectors("Latent"), scored.Vectors("Latent"));
        Assert.Equal(expected.Singles("Surprise"), scored.Singles("Surprise"));
        // What the agent would do is what it did, wherever an action was logged.
        var (taken, predicted) = (scored.Keys("Action"), scored.Keys("PredictedAction"));
        Assert.Equal(90, taken.Count(key => key > 0));
        Assert.All(taken.Zip(predicted).Where(pair => pair.First > 0), pair => Assert.Equal(pair.First, pair.Second));
    }

    private sealed class Frame
    {
        public string File { get; set; } = "";
    }

    private sealed class Name
    {
        public string Taken { get; set; } = "";
    }

    private sealed class Logged
    {
        public long Step { get; set; }

        [VectorType(50)]
        public byte[] Pixels { get; set; } = [];
    }

    private sealed class Shaped
    {
        public bool IsFirst { get; set; }

        [VectorType(10, 5, 1)]
        public byte[] Image { get; set; } = [];
    }
}
