using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Dreamer.MLNet.Tests.Decoding;

public sealed class DecodeObservationTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();
    private readonly DreamerAgent _both = SyntheticAgent.Both.Load();

    public void Dispose()
    {
        _agent.Dispose();
        _both.Dispose();
    }

    [Fact]
    public void Images_are_what_imagination_decodes()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual(seed: 3).Rows);
        var view = _ml.Transforms.EncodeObservation("Embedding", "Image", _agent)
            .Append(_ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent))
            .Append(_ml.Transforms.DecodeObservation("Decoded", "Latent", _agent)).Fit(data).Transform(data);

        Assert.Equal("Vector<Byte, 6, 5, 1>", view.Schema["Decoded"].Type.ToString());
        using var imagination = _agent.CreateImagination();
        Assert.Equal(view.Vectors("Latent").Select(latent => imagination.Describe(latent).Image.ToArray()), view.Bytes("Decoded"));
    }

    [Fact]
    public void An_agent_that_observes_both_decodes_both()
    {
        var view = Decode(new());

        using var imagination = _both.CreateImagination();
        Assert.Equal(Latents.Select(row => imagination.Describe(row.Latent).Image.ToArray()), view.Bytes("DecodedImage"));
        Assert.Equal(Latents.Select(row => imagination.Describe(row.Latent).Vector.ToArray()), view.Vectors("DecodedVector"));
        Assert.Null(Decode(new() { ImageColumnName = null }).Schema.GetColumnOrNull("DecodedImage"));
    }

    [Fact]
    public void Nothing_to_decode_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.DecodeObservation(_agent, new() { ImageColumnName = null }));
        Assert.Contains("image", error.Message, StringComparison.Ordinal);
    }

    /// <summary>ML.NET's own image step takes the decoded bytes, and gives them back unchanged.</summary>
    [Fact]
    public void A_decoded_image_becomes_an_MLImage()
    {
        var decoded = Decode(new());
        var view = _ml.Transforms.ConvertToImage(5, 6, "Picture", "DecodedImage", interleavedColors: true)
            .Append(_ml.Transforms.ExtractPixels("Back", "Picture", interleavePixelColors: true, outputAsFloatArray: false))
            .Fit(decoded).Transform(decoded);

        Assert.Equal(decoded.Bytes("DecodedImage"), view.Bytes("Back"));
        var first = _ml.Data.CreateEnumerable<PictureRow>(view, reuseRowObject: false).First();
        using var picture = first.Picture;
        Assert.Equal((6, 5), (picture.Width, picture.Height));
    }

    private static LatentRow[] Latents
    {
        get
        {
            var random = new Random(3);
            return [.. Enumerable.Range(0, 20).Select(_ => new LatentRow { Latent = [.. Enumerable.Range(0, 20).Select(_ => (float)random.NextDouble())] })];
        }
    }

    private IDataView Decode(DecodeObservationOptions options)
    {
        var data = _ml.Data.LoadFromEnumerable(Latents);
        return _ml.Transforms.DecodeObservation(_both, options).Fit(data).Transform(data);
    }

    private sealed class LatentRow
    {
        [VectorType(20)]
        public float[] Latent { get; set; } = [];
    }

    private sealed class PictureRow
    {
        [ImageType(5, 6)]
        public MLImage Picture { get; set; } = null!;
    }
}
