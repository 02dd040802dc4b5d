using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.TestAgents;

/// <summary>A view that counts the rows walked and the values read, column by column.</summary>
internal sealed class CountingView(IDataView view) : IDataView
{
    internal Dictionary<string, int> Values { get; } = [];

    internal List<string[]> Opened { get; } = [];

    internal int Rows { get; private set; }

    public bool CanShuffle => view.CanShuffle;

    public DataViewSchema Schema => view.Schema;

    public long? GetRowCount() => view.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        lock (Opened)
        {
            Opened.Add([.. columns.Select(column => column.Name)]);
        }
        return new Cursor(this, view.GetRowCursor(columns, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private void Count(string column)
    {
        lock (Values)
        {
            Values[column] = Values.GetValueOrDefault(column) + 1;
        }
    }

    private sealed class Cursor(CountingView owner, DataViewRowCursor input) : DataViewRowCursor
    {
        public override DataViewSchema Schema => input.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override bool MoveNext()
        {
            var moved = input.MoveNext();
            owner.Rows += moved ? 1 : 0;
            return moved;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var getter = input.GetGetter<TValue>(column);
            return (ref TValue value) =>
            {
                owner.Count(column.Name);
                getter(ref value);
            };
        }

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
