using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Cli.Scoring;

/// <summary>Concatenates files in ML.NET's binary format into one view; opens one file at a time.</summary>
/// <param name="ml">The context.</param>
/// <param name="files">The files, all with the same columns.</param>
internal sealed class ConcatenatedView(MLContext ml, IReadOnlyList<string> files) : IDataView
{
    public DataViewSchema Schema { get; } = SchemaOf(ml, files[0]);

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(ml, files, Schema, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema SchemaOf(MLContext ml, string file)
    {
        var view = ml.Data.LoadFromBinary(file);
        using (view as IDisposable)
        {
            return view.Schema;
        }
    }

    private sealed class Cursor(MLContext ml, IReadOnlyList<string> files, DataViewSchema schema, HashSet<int> active) : DataViewRowCursor
    {
        private IDisposable? _view;
        private DataViewRowCursor? _rows;
        private int _file = -1;
        private long _position = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var (file, getter) = (-1, default(ValueGetter<TValue>));
            return (ref TValue value) =>
            {
                if (file != _file)
                {
                    var rows = _rows ?? throw new InvalidOperationException("The cursor is not on a row.");
                    (file, getter) = (_file, rows.GetGetter<TValue>(rows.Schema[column.Index]));
                }
                getter!(ref value);
            };
        }

        public override bool MoveNext()
        {
            while (_rows?.MoveNext() != true)
            {
                Close();
                if (_file + 1 >= files.Count)
                {
                    (_file, _position) = (files.Count, -1);
                    return false;
                }
                var view = ml.Data.LoadFromBinary(files[++_file]);
                _view = view as IDisposable;
                _rows = view.GetRowCursor(view.Schema.Where(column => active.Contains(column.Index)));
            }
            _position++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Close();
            }
            base.Dispose(disposing);
        }

        private void Close()
        {
            _rows?.Dispose();
            _view?.Dispose();
            (_rows, _view) = (null, null);
        }
    }
}
