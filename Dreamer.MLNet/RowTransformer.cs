using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>A step of a pipeline whose rows know nothing of each other.</summary>
/// <inheritdoc path="/remarks"/>
public abstract class RowTransformer : DreamerTransformer
{
    private readonly int _window;

    /// <param name="manifest">What the agent is.</param>
    /// <param name="graphs">The graphs that are used.</param>
    /// <param name="plan">The columns.</param>
    /// <param name="window">How many rows a cursor computes together.</param>
    private protected RowTransformer(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan, int window)
        : base(manifest, graphs, plan) => _window = window;

    private protected sealed override IDataView CreateView(IDataView input, ColumnBinding binding) =>
        new BatchView(input, binding, _window, (row, active, capacity) => CreateBatch(row, binding, active, capacity));

    private protected sealed override IRowToRowMapper CreateMapper(ColumnBinding binding) =>
        new RowMapper(binding, (row, active) => new SingleRow(row, binding, active, CreateBatch(row, binding, active, capacity: 1)));

    /// <summary>Makes what computes rows.</summary>
    /// <param name="input">Where rows are read.</param>
    /// <param name="binding">The columns.</param>
    /// <param name="active">Those that are asked for.</param>
    /// <param name="capacity">For how many rows.</param>
    private protected abstract RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity);
}
