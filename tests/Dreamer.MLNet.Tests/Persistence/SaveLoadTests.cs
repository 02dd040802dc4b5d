using System.IO.Compression;
using Dreamer.Inference;
using Dreamer.MLNet.Tests.Conformance;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Dreamer.MLNet.Tests.Persistence;

public sealed class SaveLoadTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Subject.All.Where(subject => !subject.IsChain).Select(subject => subject.Name)];

    public static TheoryData<string> All => [.. Subject.All.Select(subject => subject.Name)];

    public void Dispose()
    {
        _agent.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_chain_with_stock_steps_gives_the_same_numbers_in_a_fresh_process_and_is_saved_again_there()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        var model = Chain().Fit(data);
        var expected = Lines(model.Transform(data), "Copied", "Surprise", "PredictedValue", "PredictedAction", "Probabilities");
        Save(model, data, out var zip, out var rows);

        var again = _folder.File("again.zip");
        string[] columns = ["Copied", "Surprise", "PredictedValue", "PredictedAction", "Probabilities"];

        Assert.Equal(expected, await LoadProbe.RunAsync(zip, rows, again, columns));
        Assert.Equal(expected, await LoadProbe.RunAsync(again, rows, _folder.File("third.zip"), columns));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_step_gives_the_same_numbers_in_a_fresh_process(string name)
    {
        var subject = Subject.All.First(s => s.Name == name);
        var data = subject.Data(_ml, _agent, Recording.Usual().Rows);
        var model = subject.Create(_ml, _agent).Fit(data);
        Save(model, data, out var zip, out var rows);

        Assert.Equal(
            Lines(model.Transform(data), [.. subject.Outputs]),
            await LoadProbe.RunAsync(zip, rows, _folder.File("again.zip"), subject.Outputs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_transformer_comes_back_as_itself_with_its_options(string name)
    {
        var subject = Subject.All.First(s => s.Name == name);
        var data = subject.Data(_ml, _agent, Recording.Usual().Rows);
        var model = subject.Create(_ml, _agent).Fit(data);

        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        var loaded = new MLContext().Model.Load(stream, out var schema);
        using var second = new MemoryStream();
        _ml.Model.Save(loaded, schema, second);
        var again = new MLContext().Model.Load(second, out _);

        Assert.IsType(model.GetType(), again);
        Assert.Equal(((DreamerTransformer)model).SerializeOptions(), ((DreamerTransformer)again).SerializeOptions());
        foreach (var output in subject.Outputs)
        {
            Assert.Equal(Lines(model.Transform(data), output), Lines(again.Transform(data), output));
        }
    }

    [Fact]
    public void A_saved_model_holds_the_graphs_that_it_uses_and_no_others()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        var pipeline = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent, "Surprise"));
        Save(pipeline.Fit(data), data, out var zip, out _);

        using var archive = ZipFile.OpenRead(zip);
        Assert.Equal(["encoder.onnx", "rssm_observe.onnx", "surprise.onnx"], archive.Entries.Select(e => e.Name).Where(n => n.EndsWith(".onnx", StringComparison.Ordinal)).Order());
        foreach (var graph in new[] { GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Surprise })
        {
            using var content = new MemoryStream();
            archive.Entries.Single(e => e.Name == $"{graph}.onnx").Open().CopyTo(content);
            Assert.Equal(SyntheticAgent.Small.Graph(graph).ToArray(), content.ToArray());
        }
    }

    [Fact]
    public void A_model_that_was_cut_short_or_changed_is_refused()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        Save(_ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(data), data, out var zip, out _);

        Edit(zip, "encoder.onnx", bytes => bytes[..^100]);
        Assert.Contains("truncated", Reasons(() => _ml.Model.Load(zip, out _)), StringComparison.Ordinal);

        Save(_ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(data), data, out zip, out _);
        Edit(zip, "encoder.onnx", bytes => [.. bytes[..^1], (byte)~bytes[^1]]);
        Assert.Contains("SHA-256", Reasons(() => _ml.Model.Load(zip, out _)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_model_works_in_a_prediction_engine()
    {
        var recording = Recording.Usual(seed: 0);
        var data = _ml.Data.LoadFromEnumerable(recording.Rows);
        Save(Chain().Fit(data), data, out var zip, out _);

        using var engine = _ml.Model.CreatePredictionEngine<LoggedRow, Scored>(_ml.Model.Load(zip, out _));

        Assert.Equal(recording.Live.Select(row => row.Value), recording.Rows.Select(row => engine.Predict(row).PredictedValue));
    }

    private EstimatorChain<ColumnCopyingTransformer> Chain() =>
        _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent, "Surprise"))
            .Append(_ml.Transforms.PredictOutcome("Latent", _agent))
            .Append(_ml.Transforms.SelectAction("PredictedAction", "Latent", _agent, "Probabilities"))
            .Append(_ml.Transforms.CopyColumns("Copied", "Latent"));

    private void Save(ITransformer model, IDataView data, out string zip, out string rows)
    {
        (zip, rows) = (_folder.File("model.zip"), _folder.File("rows.idv"));
        _ml.Model.Save(model, data.Schema, zip);
        using var stream = File.Create(rows);
        _ml.Data.SaveAsBinary(data, stream);
    }

    private static IEnumerable<string> Lines(IDataView view, params string[] columns) => columns.SelectMany(name => view.Schema[name].Type switch
    {
        VectorDataViewType { ItemType.RawType: var raw } when raw == typeof(byte) => view.Bytes(name).Select(Convert.ToHexString),
        VectorDataViewType => view.Vectors(name).Select(values => string.Join(' ', values.Select(x => x.ToString("R")))),
        KeyDataViewType => view.Keys(name).Select(value => value.ToString()),
        _ => view.Singles(name).Select(value => value.ToString("R")),
    });

    private static void Edit(string zip, string name, Func<byte[], byte[]> edit)
    {
        using var archive = ZipFile.Open(zip, ZipArchiveMode.Update);
        var entry = archive.Entries.Single(e => e.Name == name);
        using var content = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(content);
        }
        var path = entry.FullName;
        entry.Delete();
        using var target = archive.CreateEntry(path).Open();
        target.Write(edit(content.ToArray()));
    }

    private static string Reasons(Action action)
    {
        var reasons = new List<string>();
        for (var e = Assert.ThrowsAny<Exception>(action); e is not null; e = e.InnerException!)
        {
            reasons.Add(e.Message);
        }
        return string.Join('\n', reasons);
    }

    private sealed class Scored
    {
        public float PredictedValue { get; set; }
    }
}
