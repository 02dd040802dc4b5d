using Dreamer.MLNet.Rows;
using Microsoft.ML;

namespace Dreamer.MLNet.Schema;

/// <summary>The columns of a result that a consumer requested.</summary>
internal sealed class ActiveColumns
{
    private readonly ColumnBinding _binding;
    private readonly bool[] _active;

    internal ActiveColumns(ColumnBinding binding, IEnumerable<DataViewSchema.Column> columns)
    {
        _binding = binding;
        _active = new bool[binding.Output.Count];
        foreach (var column in columns)
        {
            _active[column.Index] = true;
        }
    }

    /// <summary>The columns, in the order of the schema.</summary>
    internal IEnumerable<DataViewSchema.Column> Columns => _binding.Output.Where(Contains);

    /// <summary>The columns among them that are passed through, as columns of the input.</summary>
    internal IEnumerable<DataViewSchema.Column> PassedThrough => _binding.Input.Where(column => _active[column.Index]);

    /// <summary>Whether a column that we add is among them.</summary>
    internal bool AnyOutput => _active.AsSpan(_binding.Input.Count).Contains(true);

    /// <summary>Whether a column is among them.</summary>
    internal bool Contains(DataViewSchema.Column column) => column.Index < _active.Length && _active[column.Index];

    /// <summary>Whether an added column is among them; never for one that the options left out of the plan.</summary>
    internal bool ContainsOutput(int index) =>
        index >= 0 && _binding.Input.Count + index < _active.Length && _active[_binding.Input.Count + index];

    /// <summary>The columns of the input that they need.</summary>
    internal DataViewSchema.Column[] Dependencies() => _binding.Dependencies(Columns);

    /// <summary>Refuses a column that was not requested.</summary>
    /// <exception cref="InvalidOperationException">The column is not active.</exception>
    internal void Require(DataViewSchema.Column column)
    {
        if (!Contains(column))
        {
            throw Getters.NotActive(column);
        }
    }
}
