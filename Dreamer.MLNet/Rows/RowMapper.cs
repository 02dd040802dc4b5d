using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>Maps rows one at a time, for prediction engines.</summary>
/// <param name="binding">The columns.</param>
/// <param name="create">Makes the row that adds ours to an input's.</param>
internal sealed class RowMapper(ColumnBinding binding, Func<DataViewRow, ActiveColumns, DataViewRow> create) : IRowToRowMapper
{
    public DataViewSchema InputSchema => binding.Input;

    public DataViewSchema OutputSchema => binding.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        binding.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        create(input, new ActiveColumns(binding, activeColumns));
}
