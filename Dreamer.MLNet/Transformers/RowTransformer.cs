using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>A step of a pipeline whose rows are independent.</summary>
/// <inheritdoc path="/remarks"/>
public abstract class RowTransformer : DreamerTransformer
{
    private readonly int _window;

    /// <param name="manifest">The agent's manifest.</param>
    /// <param name="graphs">The graphs that are used.</param>
    /// <param name="plan">The columns.</param>
    /// <param name="window">The number of rows a cursor computes together.</param>
    private protected RowTransformer(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan, int window)
        : base(manifest, graphs, plan) => _window = window;

    private protected sealed override IDataView CreateView(IDataView input, ColumnBinding binding) =>
        new BatchView(input, binding, _window, (row, active, capacity) => CreateBatch(row, binding, active, capacity));

    private protected sealed override IRowToRowMapper CreateMapper(ColumnBinding binding) =>
        new RowMapper(binding, (row, active) => new SingleRow(row, binding, active, CreateBatch(row, binding, active, capacity: 1)));

    /// <summary>Creates the batch that computes rows.</summary>
    /// <param name="input">The row to read.</param>
    /// <param name="binding">The columns.</param>
    /// <param name="active">The requested columns.</param>
    /// <param name="capacity">The largest number of rows.</param>
    private protected abstract RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity);
}
