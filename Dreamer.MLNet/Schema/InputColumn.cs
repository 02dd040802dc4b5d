using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>A column that a transformer reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Option">The option that names it, for messages.</param>
/// <param name="Forms">The types that it may have.</param>
internal sealed record InputColumn(string Name, string Option, params IReadOnlyList<ExpectedType> Forms)
{
    /// <summary>Advice for a column whose type is not accepted, or null: by the type of its items and its dimensions, null if they are unknown.</summary>
    internal Func<DataViewType, IReadOnlyList<int>?, string?>? Advice { get; init; }

    /// <summary>A check of an accepted column, for example of its names; throws if it fails. Null for none.</summary>
    internal Action<DataViewSchema.Column>? Validate { get; init; }

    /// <summary>Advice if the column is missing, or null.</summary>
    internal string? AdviceWhereMissing { get; init; }

    private string Expected => string.Join(" or ", Forms);

    /// <summary>The column in a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or of another type.</exception>
    internal DataViewSchema.Column Find(DataViewSchema inputSchema)
    {
        if (inputSchema.GetColumnOrNull(Name) is not { } column)
        {
            throw Missing(inputSchema.Where(c => !c.IsHidden).Select(c => c.Name), nameof(inputSchema));
        }
        if (!Forms.Any(form => form.Accepts(column.Type)))
        {
            var vector = column.Type as VectorDataViewType;
            throw new ArgumentOutOfRangeException(
                nameof(inputSchema), $"Column '{Name}' is {column.Type}; {Option} expects {Expected}.{After(Advice?.Invoke(vector?.ItemType ?? column.Type, vector?.Dimensions))}");
        }
        Validate?.Invoke(column);
        return column;
    }

    /// <summary>The column in a schema if it exists with one of the types, else null.</summary>
    internal DataViewSchema.Column? FindOptional(DataViewSchema inputSchema) =>
        inputSchema.GetColumnOrNull(Name) is { } column && Forms.Any(form => form.Accepts(column.Type)) ? column : null;

    /// <summary>Checks the column in a schema's shape.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    internal void Check(SchemaShape inputSchema)
    {
        if (inputSchema.All(c => c.Name != Name))
        {
            throw Missing(inputSchema.Select(c => c.Name), nameof(inputSchema));
        }
        var column = inputSchema.First(c => c.Name == Name);
        if (!Forms.Any(form => form.Accepts(column)))
        {
            var found = column.IsKey ? $"Key<{column.ItemType}>" : column.Kind == SchemaShape.Column.VectorKind.Scalar
                ? column.ItemType.ToString() : $"{column.Kind}<{column.ItemType}>";
            throw new ArgumentOutOfRangeException(
                nameof(inputSchema), $"Column '{Name}' is {found}; {Option} expects {Expected}.{After(Advice?.Invoke(column.ItemType, null))}");
        }
    }

    private ArgumentOutOfRangeException Missing(IEnumerable<string> names, string parameter) => new(
        parameter,
        $"Column '{Name}', which {Option} names, is missing; {Expected} is expected. The columns are {string.Join(", ", names)}.{After(AdviceWhereMissing)}");

    private static string After(string? advice) => advice is null ? "" : " " + advice;
}
