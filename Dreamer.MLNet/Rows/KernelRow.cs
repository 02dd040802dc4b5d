using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>A row that adds what a kernel computes.</summary>
internal sealed class KernelRow(DataViewRow input, ColumnBinding binding, ActiveColumns active, RowKernel kernel)
    : MappedRow(input, binding, active)
{
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            kernel.Dispose();
        }
        base.Dispose(disposing);
    }

    private protected override void Compute()
    {
        kernel.Read(0);
        kernel.Run(1);
    }

    private protected override Delegate OutputGetter(int output, Func<int> row) => kernel.Getter(output, row);
}
