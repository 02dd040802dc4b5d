using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.TestAgents;

/// <summary>
/// A view with a further column of a type that nobody may keep: its values belong to whoever asked for them, as those of images do, and
/// they count where the cursor stood when they were asked for.
/// </summary>
internal sealed class OpaqueView : IDataView
{
    internal const string Column = "Opaque";

    private readonly IDataView _view;

    internal OpaqueView(IDataView view)
    {
        _view = view;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(view.Schema);
        builder.AddColumn(Column, new OpaqueType());
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _view.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(_view.GetRowCursor(_view.Schema), Schema);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    internal sealed class Handle
    {
        internal required long Position { get; init; }
    }

    private sealed class OpaqueType() : StructuredDataViewType(typeof(Handle))
    {
        public override bool Equals(DataViewType? other) => other is OpaqueType;
    }

    private sealed class Cursor(DataViewRowCursor input, DataViewSchema schema) : DataViewRowCursor
    {
        public override DataViewSchema Schema => schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext() => input.MoveNext();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Name == Column
            ? (ValueGetter<TValue>)(Delegate)(ValueGetter<Handle>)((ref value) => value = new Handle { Position = input.Position })
            : input.GetGetter<TValue>(input.Schema[column.Index]);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
