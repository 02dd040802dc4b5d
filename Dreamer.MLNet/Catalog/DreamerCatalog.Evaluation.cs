using Dreamer.MLNet;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    private static readonly DreamerOperationsCatalog Operations = new();

    /// <summary>Operations of agents other than transforms and data.</summary>
    /// <param name="mlContext">The context.</param>
    /// <example><code>
    /// Console.WriteLine(mlContext.Dreamer().Evaluate(scored));
    /// </code></example>
    public static DreamerOperationsCatalog Dreamer(this MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return Operations;
    }
}
