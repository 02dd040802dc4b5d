using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>A row of a prediction engine: the input's columns and ours.</summary>
internal abstract class MappedRow(DataViewRow input, ColumnBinding binding, ActiveColumns active) : DataViewRow
{
    private long _computed = -1;

    public override DataViewSchema Schema => binding.Output;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    /// <summary>The input.</summary>
    private protected DataViewRow Input => input;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        active.Require(column);
        return binding.OutputIndex(column) is >= 0 and var output
            ? Getters.As<TValue>(OutputGetter(output, CurrentRow), column) : input.GetGetter<TValue>(binding.Input[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Computes the input's current row.</summary>
    private protected abstract void Compute();

    /// <summary>A getter of an added column.</summary>
    private protected abstract Delegate OutputGetter(int output, Func<int> row);

    // However many of our columns are read, a row is computed once; a prediction engine counts its examples in Position.
    private int CurrentRow()
    {
        if (_computed != input.Position)
        {
            Compute();
            _computed = input.Position;
        }
        return 0;
    }
}
