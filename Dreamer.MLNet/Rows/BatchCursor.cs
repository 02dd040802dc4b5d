using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>A cursor that adds what a batch computes, lazily.</summary>
internal sealed class BatchCursor(
    DataViewRowCursor input, ColumnBinding binding, ActiveColumns active, RowBatch batch, int capacity)
    : WindowCursor(input, binding, active, first: 1, growth: 4, capacity)
{
    private int _rows;
    private bool _computed;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            batch.Dispose();
        }
        base.Dispose(disposing);
    }

    private protected override void Resize(int capacity)
    {
    }

    private protected override void Read(int row)
    {
        if (ReadsAhead)
        {
            batch.Read(row);
        }
    }

    private protected override void Complete(int rows) => (_rows, _computed) = (rows, false);

    private protected override Delegate OutputGetter(int output, Func<int> row) => batch.Getter(output, () =>
    {
        var wanted = row();
        Compute();
        return wanted;
    });

    private void Compute()
    {
        if (_computed)
        {
            return;
        }
        if (!ReadsAhead)
        {
            batch.Read(0);
        }
        batch.Run(_rows);
        _computed = true;
    }
}
