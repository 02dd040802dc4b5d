using Dreamer.MLNet;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>Makes a prediction engine over a pipeline with state, which can begin the next episode.</summary>
    /// <typeparam name="TSrc">An example.</typeparam>
    /// <typeparam name="TDst">A prediction.</typeparam>
    /// <param name="catalog">The model operations of an <see cref="MLContext"/>.</param>
    /// <param name="transformer">The pipeline; it stays the caller's and must outlive the engine.</param>
    /// <param name="ignoreMissingColumns">Whether members of <typeparamref name="TDst"/> without a column keep their values.</param>
    /// <returns>An engine that the caller disposes; it never disposes the pipeline.</returns>
    /// <example><code>
    /// using var engine = mlContext.Model.CreateDreamerPredictionEngine&lt;Row, Choice&gt;(model);
    /// Choice choice = engine.Predict(row);
    /// engine.Reset(); // the next row begins an episode
    /// </code></example>
    public static DreamerPredictionEngine<TSrc, TDst> CreateDreamerPredictionEngine<TSrc, TDst>(
        this ModelOperationsCatalog catalog, ITransformer transformer, bool ignoreMissingColumns = false)
        where TSrc : class
        where TDst : class, new()
    {
        return catalog.CreateDreamerPredictionEngine<TSrc, TDst>(
            transformer, new PredictionEngineOptions { OwnsTransformer = false, IgnoreMissingColumns = ignoreMissingColumns });
    }

    /// <summary>Makes a prediction engine over a pipeline with state, which can begin the next episode.</summary>
    /// <typeparam name="TSrc">An example.</typeparam>
    /// <typeparam name="TDst">A prediction.</typeparam>
    /// <param name="catalog">The model operations of an <see cref="MLContext"/>.</param>
    /// <param name="transformer">The pipeline, which must outlive the engine.</param>
    /// <param name="options">
    /// ML.NET's own: the schema of examples whose sizes are known at run time only, and whether the engine disposes the pipeline
    /// (<see cref="PredictionEngineOptions.OwnsTransformer"/>, which ML.NET sets unless it is told not to).
    /// </param>
    /// <returns>An engine that the caller disposes.</returns>
    public static DreamerPredictionEngine<TSrc, TDst> CreateDreamerPredictionEngine<TSrc, TDst>(
        this ModelOperationsCatalog catalog, ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(options);
        return new(() => catalog.CreatePredictionEngine<TSrc, TDst>(transformer, options));
    }
}
