using System.Diagnostics.CodeAnalysis;
using Dreamer.MLNet.Evaluation;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>What agents bring to an <see cref="MLContext"/> besides transforms and data: <c>mlContext.Dreamer()</c>.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
public sealed class DreamerOperationsCatalog
{
    internal DreamerOperationsCatalog()
    {
    }

    /// <summary>Compares what an agent makes of recorded episodes with what was recorded.</summary>
    /// <param name="data">
    /// Scored rows, each episode's together and in order. A metric whose columns are missing is left out: each is compared where it can be.
    /// </param>
    /// <param name="options">The columns; by default those of <c>LoadFromEpisodes</c> and <c>ScoreEpisodes</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is of another type, or one that every metric needs is missing; says which, what was found and what is expected.
    /// </exception>
    /// <exception cref="InvalidDataException">The rows of an episode do not stand together.</exception>
    /// <example><code>
    /// IDataView scored = mlContext.Transforms.ScoreEpisodes("onnx/catch").Fit(episodes).Transform(episodes);
    /// Console.WriteLine(mlContext.Dreamer().Evaluate(scored));
    /// </code></example>
    [SuppressMessage("Performance", "CA1822", Justification = "An operation of a catalog, as ML.NET's are: called on what the context gives.")]
    public EpisodeMetrics Evaluate(IDataView data, EvaluateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return EpisodeEvaluator.Evaluate(data, options ?? new EvaluateOptions());
    }
}
