using System.Diagnostics.CodeAnalysis;
using Dreamer.MLNet.Evaluation;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>Operations of agents other than transforms and data: <c>mlContext.Dreamer()</c>.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
public sealed class DreamerOperationsCatalog
{
    internal DreamerOperationsCatalog()
    {
    }

    /// <summary>Compares an agent's scores of recorded episodes with the recordings.</summary>
    /// <param name="data">
    /// Scored rows; each episode's rows contiguous and in order. A metric whose columns are missing is left out.
    /// </param>
    /// <param name="options">The columns; by default the columns of <c>LoadFromEpisodes</c> and <c>ScoreEpisodes</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column has the wrong type, or one that every metric needs is missing; the message names it, what was found and what is expected.
    /// </exception>
    /// <exception cref="InvalidDataException">The rows of an episode are not contiguous.</exception>
    /// <example><code>
    /// IDataView scored = mlContext.Transforms.ScoreEpisodes("onnx/catch").Fit(episodes).Transform(episodes);
    /// Console.WriteLine(mlContext.Dreamer().Evaluate(scored));
    /// </code></example>
    [SuppressMessage("Performance", "CA1822", Justification = "An operation of a catalog, as ML.NET's are: called on the context's catalog.")]
    public EpisodeMetrics Evaluate(IDataView data, EvaluateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return EpisodeEvaluator.Evaluate(data, options ?? new EvaluateOptions());
    }
}
