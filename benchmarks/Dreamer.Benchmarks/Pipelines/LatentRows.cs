using Dreamer.Inference;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>Rows of episodes of equal length as they stand behind an encoder: what the recurrent step alone is measured on.</summary>
internal sealed class LatentRows(AgentManifest manifest, int episodes, int length) : IDataView
{
    private readonly float[][] _embeddings = Random(new Random(1), 512, manifest.Latent.Embedding);
    private readonly float[][] _actions = [.. Enumerable.Range(0, manifest.Action.Size).Select(action => OneHot(action, manifest.Action.Size))];
    private readonly string[] _ids = [.. Enumerable.Range(0, episodes).Select(episode => $"episode-{episode}")];

    public DataViewSchema Schema { get; } = Columns(manifest);

    public bool CanShuffle => false;

    public long? GetRowCount() => episodes * length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, length);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema Columns(AgentManifest manifest)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("EpisodeId", TextDataViewType.Instance);
        builder.AddColumn("IsFirst", BooleanDataViewType.Instance);
        builder.AddColumn("Action", new VectorDataViewType(NumberDataViewType.Single, manifest.Action.Size));
        builder.AddColumn("Embedding", new VectorDataViewType(NumberDataViewType.Single, manifest.Latent.Embedding));
        return builder.ToSchema();
    }

    private static float[][] Random(Random random, int count, int size) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, size).Select(_ => (float)random.NextDouble()).ToArray())];

    private static float[] OneHot(int hot, int size)
    {
        var values = new float[size];
        values[hot] = 1;
        return values;
    }

    private sealed class Cursor(LatentRows view, int length) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_row, 0);

        public override bool MoveNext() => ++_row < view._ids.Length * length;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)(Delegate)(column.Name switch
        {
            "EpisodeId" => (ValueGetter<ReadOnlyMemory<char>>)((ref value) => value = view._ids[_row / length].AsMemory()),
            "IsFirst" => (ValueGetter<bool>)((ref value) => value = _row % length == 0),
            "Action" => (ValueGetter<VBuffer<float>>)((ref value) => Copy(view._actions[_row % view._actions.Length], ref value)),
            _ => (ValueGetter<VBuffer<float>>)((ref value) => Copy(view._embeddings[_row % view._embeddings.Length], ref value)),
        });

        private static void Copy(float[] source, ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, source.Length);
            source.CopyTo(editor.Values);
            value = editor.Commit();
        }
    }
}
