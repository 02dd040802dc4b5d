using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Runs the decoder on rows, for the requested outputs.</summary>
internal sealed class DecoderBatch : RowBatch
{
    private readonly string[] _tensors;
    private readonly RowTensor<float> _latent;
    private readonly RowTensor<byte>? _image;
    private readonly RowTensor<float>? _vector;
    private readonly VectorReader<float> _readLatent;
    private readonly GraphRunner _call;

    internal DecoderBatch(
        AgentGraph decoder, AgentManifest manifest, DataViewRow input, DataViewSchema.Column latent, string[] tensors, ActiveColumns active, int capacity)
    {
        _tensors = tensors;
        _readLatent = new VectorReader<float>(input, latent);
        _latent = new RowTensor<float>(TensorNames.Latent, capacity, manifest.Latent.Size);
        var outputs = new List<RowTensor>();
        bool Asked(string tensor) => active.ContainsOutput(Array.IndexOf(tensors, tensor));
        if (Asked(TensorNames.Image))
        {
            outputs.Add(_image = new RowTensor<byte>(TensorNames.Image, capacity, manifest.Image!.Height, manifest.Image.Width, manifest.Image.Channels));
        }
        if (Asked(TensorNames.Vector))
        {
            outputs.Add(_vector = new RowTensor<float>(TensorNames.Vector, capacity, manifest.VectorSize));
        }
        _call = new GraphRunner(decoder, [_latent], [.. outputs]);
    }

    public override void Dispose() => _call.Dispose();

    internal override void Read(int row) => _readLatent.Read(_latent.Row(row));

    internal override void Run(int rows) => _call.Run(rows);

    internal override Delegate Getter(int output, Func<int> row) => _tensors[output] == TensorNames.Vector
        ? VectorGetter(_vector!, row) : (ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> value) => CopyTo(ref value, _image!.Row(row())));
}
