using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>Steps the states of rows that bring them along.</summary>
internal sealed class LatentStepBatch : RowBatch
{
    private readonly ObserveGraph _step;
    private readonly VectorReader<float> _readLatent;
    private readonly ActionReader _readAction;
    private readonly ValueGetter<bool> _readIsFirst;
    private readonly VectorReader<float> _readEmbedding;
    private readonly NoiseReader? _readNoise;

    internal LatentStepBatch(AgentGraph observe, AgentManifest manifest, StepLatentStateOptions options, DataViewRow input, int capacity)
    {
        var schema = input.Schema;
        _step = new ObserveGraph(observe, manifest, capacity, posterior: false);
        _readLatent = new VectorReader<float>(input, schema[options.PrevLatentColumnName]);
        _readAction = new ActionReader(input, schema[options.PrevActionColumnName], manifest.Action.Names, options.NonFinite);
        _readIsFirst = input.GetGetter<bool>(schema[options.IsFirstColumnName]);
        _readEmbedding = new VectorReader<float>(input, schema[options.EmbeddingColumnName]);
        if (options.LatentSampling == LatentSampling.Sampled)
        {
            _readNoise = new NoiseReader(input, schema[options.EpisodeIdColumnName], schema[options.StepColumnName], options.Seed);
        }
    }

    public override void Dispose() => _step.Dispose();

    internal override void Read(int row)
    {
        var isFirst = false;
        _readIsFirst(ref isFirst);
        _step.IsFirst.Row(row)[0] = isFirst ? 1 : 0;
        _readLatent.Read(_step.PrevLatent.Row(row));
        _readAction.Read(_step.PrevAction.Row(row));
        _readEmbedding.Read(_step.Embedding.Row(row));
        _readNoise?.Locate().Fill(_step.Noise.Row(row), NoiseStream.Posterior);
    }

    internal override void Run(int rows) => _step.Run(rows);

    internal override Delegate Getter(int output, Func<int> row) => VectorGetter(_step.Latent, row);
}
