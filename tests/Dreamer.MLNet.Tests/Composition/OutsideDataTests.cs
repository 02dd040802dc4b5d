using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace Dreamer.MLNet.Tests.Composition;

/// <summary>Pipelines over tables as they come, and what happens to them outside ML.NET.</summary>
public sealed class OutsideDataTests : IDisposable
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
    public void Flat_pixels_need_no_class_and_the_pipeline_saves()
    {
        var recording = Recording.Usual();
        File.WriteAllLines(
            _folder.File("rows.csv"), recording.Rows.Select(row => string.Join(',', [row.EpisodeId, $"{row.Step}", .. row.Action.Select(a => $"{a}"), .. row.Image.Select(p => $"{p}")])));
        var table = _ml.Data.LoadFromTextFile(
            _folder.File("rows.csv"),
            [new("EpisodeId", DataKind.String, 0), new("Step", DataKind.Int64, 1), new("Action", DataKind.Single, 2, 4), new("Image", DataKind.Byte, 5, 34)],
            separatorChar: ',');
        var model = _ml.Transforms.Expression("IsFirst", "step => step == 0L", "Step").Append(_ml.Transforms.ScoreEpisodes(_agent, seed: 3)).Fit(table);
        _ml.Model.Save(model, table.Schema, _folder.File("model.zip"));

        var loaded = new MLContext(2).Model.Load(_folder.File("model.zip"), out _);
        Assert.Equal(recording.Live.Select(row => row.Latent), loaded.Transform(table).Vectors("Latent"));
    }

    [Fact]
    public void ConvertToOnnx_is_refused_with_what_to_use_instead()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        var model = _ml.Transforms.CopyColumns("Copy", "Reward").Append(_ml.Transforms.ScoreEpisodes(_agent, seed: 3)).Append(_ml.Transforms.Concatenate("Features", "Latent")).Fit(data);
        using var onnx = new MemoryStream();

        var error = Assert.ThrowsAny<Exception>(() => _ml.Model.ConvertToOnnx(model, data, onnx)).GetBaseException();

        Assert.IsType<NotSupportedException>(error);
        Assert.Contains("Use the agent folder's own graphs", error.Message, StringComparison.Ordinal);
    }
}
