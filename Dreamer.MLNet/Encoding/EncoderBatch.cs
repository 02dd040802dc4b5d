using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>Runs the encoder on rows.</summary>
internal sealed class EncoderBatch : RowBatch
{
    private readonly RowTensor<byte>? _image;
    private readonly RowTensor<float>? _vector;
    private readonly RowTensor<float> _embedding;
    private readonly VectorReader<byte>? _readImage;
    private readonly VectorReader<float>? _readVector;
    private readonly GraphRunner _call;

    internal EncoderBatch(AgentGraph encoder, AgentManifest manifest, EncodeObservationOptions options, DataViewRow input, int capacity)
    {
        var inputs = new List<RowTensor>();
        if (manifest.Image is { } image)
        {
            _readImage = new VectorReader<byte>(input, input.Schema[options.ImageColumnName]);
            inputs.Add(_image = new RowTensor<byte>(TensorNames.Image, capacity, image.Height, image.Width, image.Channels));
        }
        if (manifest.VectorSize > 0)
        {
            _readVector = new VectorReader<float>(input, input.Schema[options.VectorColumnName], options.NonFinite);
            inputs.Add(_vector = new RowTensor<float>(TensorNames.Vector, capacity, manifest.VectorSize));
        }
        _embedding = new RowTensor<float>(TensorNames.Embedding, capacity, manifest.Latent.Embedding);
        _call = new GraphRunner(encoder, [.. inputs], [_embedding]);
    }

    public override void Dispose() => _call.Dispose();

    internal override void Read(int row)
    {
        _readImage?.Read(_image!.Row(row));
        _readVector?.Read(_vector!.Row(row));
    }

    internal override void Run(int rows) => _call.Run(rows);

    internal override Delegate Getter(int output, Func<int> row) => VectorGetter(_embedding, row);
}
