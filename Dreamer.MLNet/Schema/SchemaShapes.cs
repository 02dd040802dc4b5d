using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>Makes the schema shapes that estimators promise, which ML.NET lets no other assembly construct.</summary>
/// <remarks>
/// An estimator chain passes the shape of its input's schema to its first estimator. An estimator that only remembers that shape
/// turns any schema into its shape, with public API only.
/// </remarks>
internal static class SchemaShapes
{
    /// <summary>The shape of a schema.</summary>
    internal static SchemaShape From(DataViewSchema schema)
    {
        var probe = new Probe();
        new EstimatorChain<ITransformer>().Append(probe).Fit(new EmptyView(schema));
        return probe.Seen!;
    }

    /// <summary>A shape with more columns, which replace columns of the same name.</summary>
    internal static SchemaShape With(SchemaShape input, DataViewSchema added)
    {
        var columns = new Dictionary<string, SchemaShape.Column>();
        foreach (var column in input.Concat(From(added)))
        {
            columns[column.Name] = column;
        }
        return new SchemaShape(columns.Values);
    }

    private sealed class Probe : IEstimator<ITransformer>
    {
        public SchemaShape? Seen { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Seen = inputSchema;

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
    }
}
