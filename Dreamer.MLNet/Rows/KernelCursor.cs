using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>A cursor that adds what a kernel computes, once somebody reads it.</summary>
internal sealed class KernelCursor(
    DataViewRowCursor input, ColumnBinding binding, ActiveColumns active, RowKernel kernel, int capacity)
    : WindowCursor(input, binding, active, first: 1, growth: 4, capacity)
{
    private int _rows;
    private bool _computed;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            kernel.Dispose();
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
            kernel.Read(row);
        }
    }

    private protected override void Complete(int rows) => (_rows, _computed) = (rows, false);

    private protected override Delegate OutputGetter(int output, Func<int> row) => kernel.Getter(output, () =>
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
            kernel.Read(0);
        }
        kernel.Run(_rows);
        _computed = true;
    }
}
