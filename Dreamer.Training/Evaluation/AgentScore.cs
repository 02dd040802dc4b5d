namespace Dreamer.Training.Evaluation;

/// <summary>The returns of an evaluation.</summary>
/// <param name="Returns">The return of each episode, undiscounted.</param>
public sealed record AgentScore(IReadOnlyList<double> Returns)
{
    /// <summary>The mean return.</summary>
    public double Mean => Returns.Average();

    /// <summary>The standard deviation of the returns over the episodes (population form).</summary>
    public double Std
    {
        get
        {
            var mean = Mean;
            return Math.Sqrt(Returns.Average(value => (value - mean) * (value - mean)));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"return {Mean:F2} +- {Std:F2} over {Returns.Count} episodes";
}
