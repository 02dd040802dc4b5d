using Microsoft.ML;

namespace Dreamer.MLNet.Schema;

/// <summary>A plan's columns in one schema: the input's columns first, then the added ones.</summary>
internal sealed class ColumnBinding
{
    private readonly DataViewSchema.Column[] _inputs;

    internal ColumnBinding(ColumnPlan plan, DataViewSchema input)
    {
        _inputs = [.. plan.Inputs.Select(column => column.Find(input)), .. plan.Optional.Select(column => column.FindOptional(input)).OfType<DataViewSchema.Column>()];
        Input = input;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(plan.Outputs);
        Output = builder.ToSchema();
    }

    /// <summary>The schema that is read.</summary>
    internal DataViewSchema Input { get; }

    /// <summary>The schema that results.</summary>
    internal DataViewSchema Output { get; }

    /// <summary>Which added column this is, negative for a column that is passed through.</summary>
    internal int OutputIndex(DataViewSchema.Column column) => column.Index - Input.Count;

    /// <summary>The input's columns that the requested columns need.</summary>
    internal DataViewSchema.Column[] Dependencies(IEnumerable<DataViewSchema.Column> columns)
    {
        var needed = new bool[Input.Count];
        foreach (var column in columns)
        {
            if (column.Index < Input.Count)
            {
                needed[column.Index] = true;
                continue;
            }
            foreach (var input in _inputs)
            {
                needed[input.Index] = true;
            }
        }
        return [.. Input.Where(column => needed[column.Index])];
    }
}
