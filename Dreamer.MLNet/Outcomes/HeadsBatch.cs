using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>Runs the heads on rows, for the requested outputs.</summary>
internal sealed class HeadsBatch : RowBatch
{
    private readonly RowTensor<float> _latent;
    private readonly RowTensor<float>?[] _outputs;
    private readonly VectorReader<float> _reader;
    private readonly GraphRunner _call;

    internal HeadsBatch(
        AgentGraph heads, DataViewRow input, DataViewSchema.Column latent, int size, string[] tensors, ActiveColumns active, int capacity)
    {
        _reader = new VectorReader<float>(input, latent);
        _latent = new RowTensor<float>(TensorNames.Latent, capacity, size);
        _outputs = [.. tensors.Select((name, i) => active.ContainsOutput(i) ? new RowTensor<float>(name, capacity, 1) : null)];
        _call = new GraphRunner(heads, [_latent], [.. _outputs.OfType<RowTensor>()]);
    }

    public override void Dispose() => _call.Dispose();

    internal override void Read(int row) => _reader.Read(_latent.Row(row));

    internal override void Run(int rows) => _call.Run(rows);

    internal override Delegate Getter(int output, Func<int> row) => ScalarGetter(_outputs[output]!, row);
}
