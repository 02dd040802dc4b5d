using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>A cursor that reads a window of rows ahead, so that they can be computed together, and then returns them in order.</summary>
/// <remarks>
/// Windows start small and grow, so that reading a few rows computes only a few. If a column that is passed through must not
/// be read ahead, a window is one row and the column is served by the input itself.
/// </remarks>
internal abstract class WindowCursor : DataViewRowCursor
{
    private readonly ColumnBinding _binding;
    private readonly ActiveColumns _active;
    private readonly Dictionary<int, ColumnBuffer> _kept = [];
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly int _growth;
    private readonly int _largest;
    private DataViewRowId[] _ids = [];
    private long[] _batches = [];
    private long _position = -1;
    private int _capacity;
    private int _count;
    private int _at;
    private bool _done;

    /// <summary>Creates the cursor, which owns <paramref name="input"/>.</summary>
    /// <param name="input">Reads the columns that active columns need.</param>
    /// <param name="binding">The columns.</param>
    /// <param name="active">The requested columns.</param>
    /// <param name="first">Rows of the first window.</param>
    /// <param name="growth">The growth factor of windows.</param>
    /// <param name="largest">Rows of the largest window.</param>
    private protected WindowCursor(
        DataViewRowCursor input, ColumnBinding binding, ActiveColumns active, int first, int growth, int largest)
    {
        (Input, _binding, _active) = (input, binding, active);
        _idGetter = input.GetIdGetter();
        ReadsAhead = largest > 1 && active.PassedThrough.All(column => ColumnBuffer.CanKeep(column.Type));
        _largest = ReadsAhead ? largest : 1;
        (_capacity, _growth) = (Math.Min(first, _largest), growth);
        foreach (var column in ReadsAhead ? active.PassedThrough : [])
        {
            _kept.Add(column.Index, ColumnBuffer.Create(input, column));
        }
    }

    public override DataViewSchema Schema => _binding.Output;

    public override long Position => _position;

    public override long Batch => _count == 0 ? 0 : _batches[_at];

    /// <summary>The input.</summary>
    private protected DataViewRowCursor Input { get; }

    /// <summary>Whether windows may hold more than the input's current row.</summary>
    private protected bool ReadsAhead { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[Row()];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _active.Require(column);
        if (_binding.OutputIndex(column) is >= 0 and var output)
        {
            return Getters.As<TValue>(OutputGetter(output, Row), column);
        }
        return ReadsAhead ? Getters.As<TValue>(_kept[column.Index].Getter(Row), column) : Input.GetGetter<TValue>(_binding.Input[column.Index]);
    }

    public override bool MoveNext()
    {
        if (++_at < _count || Fill())
        {
            _position++;
            return true;
        }
        _position = -1;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DisposeInput();
        }
        base.Dispose(disposing);
    }

    /// <summary>Disposes the input.</summary>
    private protected virtual void DisposeInput() => Input.Dispose();

    /// <summary>Reads the rows of a window.</summary>
    /// <param name="capacity">How many.</param>
    /// <returns>How many were read; 0 at the end.</returns>
    private protected virtual int ReadRows(int capacity)
    {
        var count = 0;
        while (count < capacity && Input.MoveNext())
        {
            Take(count++);
        }
        return count;
    }

    /// <summary>Reads the input's current row into the window, which grows if it is full.</summary>
    private protected void Take(int row)
    {
        if (row == _ids.Length)
        {
            Reserve(Math.Max(_capacity, 2 * row));
        }
        _idGetter(ref _ids[row]);
        _batches[row] = ReadBatch();
        foreach (var column in _kept.Values)
        {
            column.Read(row);
        }
        Read(row);
    }

    /// <summary>The batch of the input's current row.</summary>
    private protected virtual long ReadBatch() => Input.Batch;

    /// <summary>Allocates rows; the values of existing ones stay.</summary>
    private protected abstract void Resize(int capacity);

    /// <summary>Reads the input's current row.</summary>
    private protected abstract void Read(int row);

    /// <summary>The window is full, or the input has ended.</summary>
    private protected abstract void Complete(int rows);

    /// <summary>A getter of an added column.</summary>
    private protected abstract Delegate OutputGetter(int output, Func<int> row);

    private int Row() => _at < _count ? _at : throw new InvalidOperationException("The cursor is not at a row.");

    private bool Fill()
    {
        (_count, _at) = (0, 0);
        if (_done)
        {
            return false;
        }
        if (_ids.Length < _capacity)
        {
            Reserve(_capacity);
        }
        var count = ReadRows(_capacity);
        _done = count == 0;
        if (count > 0)
        {
            Complete(count);
        }
        _capacity = (int)Math.Min((long)_capacity * _growth, _largest);
        _count = count;
        return count > 0;
    }

    private void Reserve(int rows)
    {
        Array.Resize(ref _ids, rows);
        Array.Resize(ref _batches, rows);
        foreach (var column in _kept.Values)
        {
            column.Resize(rows);
        }
        Resize(rows);
    }
}
