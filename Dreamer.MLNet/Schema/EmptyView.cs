using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>A view of a schema and no rows.</summary>
internal sealed class EmptyView(DataViewSchema schema) : IDataView
{
    public bool CanShuffle => true;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(schema);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(schema)];

    private sealed class Cursor(DataViewSchema schema) : DataViewRowCursor
    {
        public override DataViewSchema Schema => schema;

        public override long Position => -1;

        public override long Batch => 0;

        public override bool MoveNext() => false;

        public override bool IsColumnActive(DataViewSchema.Column column) => false;

        public override ValueGetter<DataViewRowId> GetIdGetter() => throw NoRow();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => throw NoRow();

        private static InvalidOperationException NoRow() => new("An empty view has no rows to read.");
    }
}
