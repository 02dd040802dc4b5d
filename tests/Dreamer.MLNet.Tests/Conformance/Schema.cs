using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet.Tests.Conformance;

/// <summary>What an estimator promises for a schema.</summary>
internal static class Schema
{
    internal static SchemaShape ShapeOf(IEstimator<ITransformer> estimator, DataViewSchema schema) =>
        estimator.GetOutputSchema(SchemaShapes.From(schema));
}
