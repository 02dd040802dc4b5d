using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>A row that adds what a batch computes.</summary>
internal sealed class SingleRow(DataViewRow input, ColumnBinding binding, ActiveColumns active, RowBatch batch)
    : MappedRow(input, binding, active)
{
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            batch.Dispose();
        }
        base.Dispose(disposing);
    }

    private protected override void Compute()
    {
        batch.Read(0);
        batch.Run(1);
    }

    private protected override Delegate OutputGetter(int output, Func<int> row) => batch.Getter(output, row);
}
