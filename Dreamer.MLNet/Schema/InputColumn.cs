using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>A column that a transformer reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Option">The option that names it, for messages.</param>
/// <param name="Forms">The types that it may have.</param>
internal sealed record InputColumn(string Name, string Option, params IReadOnlyList<ExpectedType> Forms)
{
    /// <summary>Advice for a column with a type that is not accepted, or null.</summary>
    internal Func<DataViewType, string?>? Advice { get; init; }

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
        return Forms.Any(form => form.Accepts(column.Type)) ? column : throw new ArgumentOutOfRangeException(
            nameof(inputSchema), $"Column '{Name}' is {column.Type}; {Option} expects {Expected}.{After(Advice?.Invoke(column.Type))}");
    }

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
                nameof(inputSchema), $"Column '{Name}' is {found}; {Option} expects {Expected}.{After(Advice?.Invoke(column.ItemType))}");
        }
    }

    private ArgumentOutOfRangeException Missing(IEnumerable<string> names, string parameter) => new(
        parameter,
        $"Column '{Name}', which {Option} names, is missing; {Expected} is expected. The columns are {string.Join(", ", names)}.{After(AdviceWhereMissing)}");

    private static string After(string? advice) => advice is null ? "" : " " + advice;
}
