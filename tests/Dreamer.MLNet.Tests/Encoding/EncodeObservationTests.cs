using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Encoding;

public sealed class EncodeObservationTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void Images_with_their_channels_first_are_refused_with_the_option_to_set()
    {
        var error = Refused(new DataViewSchema.Builder(), NumberDataViewType.Byte, 1, 6, 5);

        Assert.Contains("Column 'Image' is Vector<Byte, 1, 6, 5>", error.Message, StringComparison.Ordinal);
        Assert.Contains("Vector<Byte, 6, 5, 1>", error.Message, StringComparison.Ordinal);
        Assert.Contains("interleavePixelColors to true.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExtractPixels_default_is_refused_with_both_options_to_set() => Assert.Contains(
        "interleavePixelColors to true and outputAsFloatArray to false.",
        Refused(new DataViewSchema.Builder(), NumberDataViewType.Single, 1, 6, 5).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Images_of_floats_are_refused_with_the_option_to_set() => Assert.Contains(
        "outputAsFloatArray to false", Refused(new DataViewSchema.Builder(), NumberDataViewType.Single, 6, 5, 1).Message, StringComparison.Ordinal);

    [Fact]
    public void Flat_pixels_of_another_size_are_refused_with_the_size() => Assert.Contains(
        "[6, 5, 1] has 30 bytes", Refused(new DataViewSchema.Builder(), NumberDataViewType.Byte, 31).Message, StringComparison.Ordinal);

    [Fact]
    public void Advice_for_float_images_survives_chains()
    {
        var floats = _ml.Data.LoadFromEnumerable([new FloatImage()]);
        using var agent = SyntheticAgent.Small.Load();
        var chain = _ml.Transforms.CopyColumns("Copy", "Image").Append(_ml.Transforms.EncodeObservation("Code", "Image", agent)).Append(_ml.Transforms.CopyColumns("End", "Code"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(floats));
        Assert.Contains("outputAsFloatArray to false, or load the column as DataKind.Byte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_and_columns_the_other_way_round_are_refused() =>
        Refused(new DataViewSchema.Builder(), NumberDataViewType.Byte, 5, 6, 1);

    [Fact]
    public void Vectors_are_encoded_by_agents_that_see_vectors()
    {
        using var agent = SyntheticAgent.Continuous.Load();
        var data = _ml.Data.LoadFromEnumerable([new VectorRow { Sensors = [1, 2, 3, 4] }, new VectorRow { Sensors = [0, 0, 0, 0] }]);

        var rows = _ml.Transforms.EncodeObservation("Code", "Sensors", agent).Fit(data).Transform(data).Vectors("Code");

        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Equal(7, row.Length));
        Assert.NotEqual(rows[0], rows[1]);
    }

    [Fact]
    public void An_image_and_a_vector_are_named_by_options()
    {
        using var agent = SyntheticAgent.Both.Load();
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.EncodeObservation("Embedding", "Image", agent));
        Assert.Contains(nameof(EncodeObservationOptions), error.Message, StringComparison.Ordinal);

        var random = new Random(1);
        var rows = Enumerable.Range(0, 3).Select(i => new BothRow { Camera = [.. Enumerable.Range(0, 90).Select(_ => (byte)random.Next(256))], Speed = [i, -i] }).ToArray();
        var data = _ml.Data.LoadFromEnumerable(rows);
        var estimator = _ml.Transforms.EncodeObservation(agent, new() { ImageColumnName = "Camera", VectorColumnName = "Speed" });
        var found = estimator.Fit(data).Transform(data).Vectors("Embedding");

        Assert.Equal(3, found.Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public void A_folder_serves_as_well_as_an_agent()
    {
        using var folder = new TemporaryFolder();
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);

        var estimator = _ml.Transforms.EncodeObservation("Embedding", "Image", SyntheticAgent.Small.Write(folder.File("agent")));

        Assert.Equal(
            _ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(data).Transform(data).Vectors("Embedding"),
            estimator.Fit(data).Transform(data).Vectors("Embedding"));
    }

    [Fact]
    public void A_folder_that_is_no_agent_is_refused_at_once() =>
        Assert.Contains("'nowhere'", Assert.Throws<InvalidAgentException>(() => _ml.Transforms.EncodeObservation("Embedding", "Image", "nowhere")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_agent_without_an_encoder_is_refused_when_fitted()
    {
        using var agent = SyntheticAgent.Small.LoadWithout(GraphNames.Encoder);
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);

        var error = Assert.Throws<InvalidAgentException>(() => _ml.Transforms.EncodeObservation("Embedding", "Image", agent).Fit(data));

        Assert.Contains("'encoder'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_breaks_its_columns_promise_is_refused()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        using var engine = _ml.Model.CreatePredictionEngine<LoggedRow, Encoded>(_ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(data));

        var error = Assert.ThrowsAny<Exception>(() => engine.Predict(new LoggedRow { Image = [1, 2], Action = new float[3] }));

        Assert.Contains("30", error.Message, StringComparison.Ordinal);
    }

    private ArgumentOutOfRangeException Refused(DataViewSchema.Builder builder, PrimitiveDataViewType item, params int[] dimensions)
    {
        builder.AddColumn("Image", new VectorDataViewType(item, dimensions));
        return Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(new MLNet.Schema.EmptyView(builder.ToSchema())));
    }

    private sealed class VectorRow
    {
        [VectorType(4)]
        public float[] Sensors { get; set; } = [];
    }

    private sealed class BothRow
    {
        [VectorType(5, 6, 3)]
        public byte[] Camera { get; set; } = [];

        [VectorType(2)]
        public float[] Speed { get; set; } = [];
    }

    private sealed class Encoded
    {
        public float[] Embedding { get; set; } = [];
    }

    private sealed class FloatImage
    {
        [VectorType(6, 5, 1)]
        public float[] Image { get; set; } = new float[30];
    }
}
