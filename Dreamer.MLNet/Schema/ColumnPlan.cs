using Microsoft.ML;

namespace Dreamer.MLNet.Schema;

/// <summary>The columns that a transformer reads and adds.</summary>
/// <param name="Inputs">Its input columns.</param>
/// <param name="Outputs">Its output columns.</param>
internal sealed record ColumnPlan(IReadOnlyList<InputColumn> Inputs, DataViewSchema Outputs)
{
    /// <summary>Columns that are read if they exist with one of their types: they name rows in messages, and show holes between them.</summary>
    internal IReadOnlyList<InputColumn> Optional { get; init; } = [];

    /// <summary>The output shape for an input shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    internal SchemaShape Apply(SchemaShape input)
    {
        foreach (var column in Inputs)
        {
            column.Check(input);
        }
        return SchemaShapes.With(input, Outputs);
    }

    /// <summary>Binds the plan to a schema.</summary>
    /// <inheritdoc cref="Apply" path="/exception"/>
    internal ColumnBinding Bind(DataViewSchema input) => new(this, input);
}
