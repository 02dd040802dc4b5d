using System.IO.Compression;
using Dreamer.Inference;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;

namespace Dreamer.MLNet.Tests.Persistence;

public sealed class DreamerPipelineTests : IDisposable
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
    public void A_chain_comes_back_with_the_same_numbers()
    {
        var recording = Recording.Usual(seed: 0);
        var data = _ml.Data.LoadFromEnumerable(recording.Rows);
        var model = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent))
            .Append(_ml.Transforms.PredictOutcome("Latent", _agent)).Fit(data);

        DreamerPipeline.Save(model, _folder.File("pipeline.zip"));
        using var loaded = DreamerPipeline.Load(new MLContext(), _folder.File("pipeline.zip"));
        DreamerPipeline.Save(loaded, _folder.File("again.zip"));
        using var again = DreamerPipeline.Load(new MLContext(), _folder.File("again.zip"));

        Assert.Equal(recording.Live.Select(row => row.Value), again.Transform(data).Singles("PredictedValue"));
        using var archive = ZipFile.OpenRead(_folder.File("pipeline.zip"));
        Assert.Contains("1/rssm_observe.onnx", archive.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public void A_stock_step_is_refused_with_what_to_do()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        var model = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Append(_ml.Transforms.CopyColumns("B", "Embedding")).Fit(data);

        var error = Assert.Throws<NotSupportedException>(() => DreamerPipeline.Save(model, _folder.File("pipeline.zip")));

        Assert.Contains("ColumnCopyingTransformer", error.Message, StringComparison.Ordinal);
        Assert.Contains("mlContext.Model.Save", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("pipeline.zip")));
    }

    [Fact]
    public void What_is_no_pipeline_is_refused()
    {
        Assert.Throws<FileNotFoundException>(() => DreamerPipeline.Load(_ml, _folder.File("missing.zip")));

        using (var archive = ZipFile.Open(_folder.File("other.zip"), ZipArchiveMode.Create))
        {
            archive.CreateEntry("readme.txt");
        }
        var error = Assert.Throws<InvalidDataException>(() => DreamerPipeline.Load(_ml, _folder.File("other.zip")));
        Assert.Contains("pipeline.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"format_version": 2, "transformers": []}""", "format version 2")]
    [InlineData("""{"format_version": 1, "transformers": [{"kind": "Fly/1", "parts": []}]}""", "'Fly/1'")]
    [InlineData("""{"format_version": 1, "transformers": [{"kind": "PredictOutcome/1", "parts": []}]}""", "agent.json")]
    [InlineData("[]", "pipeline.json")]
    public void Contents_that_cannot_be_read_are_refused(string contents, string expected)
    {
        using (var archive = ZipFile.Open(_folder.File("bad.zip"), ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(archive.CreateEntry("pipeline.json").Open());
            writer.Write(contents);
        }

        var error = Assert.Throws<InvalidDataException>(() => DreamerPipeline.Load(_ml, _folder.File("bad.zip")));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
