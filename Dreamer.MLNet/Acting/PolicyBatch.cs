using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Runs the policy on rows.</summary>
internal sealed class PolicyBatch : RowBatch
{
    private const int ActionOutput = 0;
    private const int ProbabilitiesOutput = 1;

    private readonly bool _discrete;
    private readonly RowTensor<float> _latent;
    private readonly RowTensor<float> _noise;
    private readonly RowTensor<float> _action;
    private readonly RowTensor<float>? _logits;
    private readonly VectorReader<float> _readLatent;
    private readonly NoiseReader? _readNoise;
    private readonly GraphRunner _call;

    internal PolicyBatch(
        AgentGraph policy, AgentManifest manifest, SelectActionOptions options, DataViewRow input, ActiveColumns active, int capacity)
    {
        var sampled = options.ActionSelection == ActionSelection.Sampled;
        var size = manifest.Action.Size;
        _discrete = manifest.Action.IsDiscrete;
        _readLatent = new VectorReader<float>(input, input.Schema[options.InputColumnName]);
        _latent = new RowTensor<float>(TensorNames.Latent, capacity, manifest.Latent.Size);
        _noise = new RowTensor<float>(TensorNames.ActionNoise, capacity, size);
        _noise.Rows(capacity).Fill(EpisodeNoise.Mode);
        _action = new RowTensor<float>(sampled ? TensorNames.Action : TensorNames.ActionMode, capacity, size);
        _logits = active.ContainsOutput(ProbabilitiesOutput) ? new RowTensor<float>(TensorNames.Logits, capacity, size) : null;
        if (sampled && active.ContainsOutput(ActionOutput))
        {
            _readNoise = new NoiseReader(
                input, input.Schema[options.EpisodeIdColumnName], input.Schema[options.StepColumnName], options.Seed);
        }
        _call = new GraphRunner(policy, [_latent, _noise], _logits is null ? [_action] : [_action, _logits]);
    }

    public override void Dispose() => _call.Dispose();

    internal override void Read(int row)
    {
        _readLatent.Read(_latent.Row(row));
        _readNoise?.Locate().Fill(_noise.Row(row), NoiseStream.Action);
    }

    internal override void Run(int rows) => _call.Run(rows);

    internal override Delegate Getter(int output, Func<int> row)
    {
        if (output == ProbabilitiesOutput)
        {
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Probabilities(_logits!.Row(row()), ref value));
        }
        return _discrete ? (ValueGetter<uint>)((ref uint value) => value = Key(_action.Row(row()))) : VectorGetter(_action, row);
    }

    // Keys count from 1; 0 is the missing one.
    private static uint Key(ReadOnlySpan<float> oneHot) => (uint)oneHot.IndexOf(1f) + 1;

    private static void Probabilities(ReadOnlySpan<float> logits, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, logits.Length);
        Softmax.Compute(logits, editor.Values);
        value = editor.Commit();
    }
}
