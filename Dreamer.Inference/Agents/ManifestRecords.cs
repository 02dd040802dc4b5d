using System.Text.Json.Serialization;

namespace Dreamer.Inference;

/// <summary>One observation that an agent takes.</summary>
/// <param name="Key"><c>image</c> or <c>vector</c>.</param>
/// <param name="Type"><c>uint8</c> for an image, <c>float32</c> for a vector.</param>
/// <param name="Shape">[H, W, C] or [N].</param>
public sealed record ObservationManifest(string Key, string Type, IReadOnlyList<int> Shape);

/// <summary>The sizes of an agent's recurrent state.</summary>
/// <param name="Kind"><c>categorical</c>: rows of one-hot classes; <c>gaussian</c>: numbers.</param>
/// <param name="Deter">Size of the deterministic part.</param>
/// <param name="Stoch">Rows of the stochastic part.</param>
/// <param name="Classes">Classes in a row; 1 if latents are Gaussian.</param>
/// <param name="Embedding">Size of the encoder's output.</param>
/// <param name="PriorEnsemble">The number of priors that were trained in parallel; the graphs hold the first.</param>
public sealed record LatentManifest(string Kind, int Deter, int Stoch, int Classes, int Embedding, int PriorEnsemble = 1)
{
    /// <summary>Latents that are rows of one-hot classes.</summary>
    public const string Categorical = "categorical";

    /// <summary>Latents that are normally distributed numbers.</summary>
    public const string Gaussian = "gaussian";

    /// <summary>Size of the stochastic part, flattened.</summary>
    [JsonIgnore]
    public int StochSize => Stoch * Classes;

    /// <summary>The size of the distribution's parameters: logits, or means and standard deviations.</summary>
    [JsonIgnore]
    public int StatsSize => Kind == Gaussian ? 2 * Stoch : StochSize;

    /// <summary>The tensor that holds these parameters for the posterior.</summary>
    [JsonIgnore]
    public string PosteriorTensor => Kind == Gaussian ? TensorNames.PosteriorStats : TensorNames.PosteriorLogits;

    /// <summary>The tensor that holds these parameters for the prior.</summary>
    [JsonIgnore]
    public string PriorTensor => Kind == Gaussian ? TensorNames.PriorStats : TensorNames.PriorLogits;

    /// <summary>Size of the latent: stoch, then deter.</summary>
    [JsonIgnore]
    public int Size => StochSize + Deter;
}

/// <summary>How to read an agent's heads.</summary>
/// <param name="ValueIncludesReward">Whether the value of a state includes the reward for arriving in it.</param>
/// <param name="RewardTransform">The transform of rewards before the head learned them: <c>identity</c>, <c>tanh</c> or <c>sign</c>.</param>
/// <param name="Discount"><c>predicted</c> by a head, or <c>constant</c>.</param>
/// <param name="Gamma">The discount factor of a state that does not end the episode.</param>
public sealed record HeadsManifest(bool ValueIncludesReward, string RewardTransform, string Discount, double Gamma)
{
    /// <summary>The factor on rewards before values were learned; null for none.</summary>
    public double? RewardScale { get; init; }

    /// <summary>Lambda of <see cref="GraphNames.Rollout"/>; null if the agent does not have this graph.</summary>
    public double? Lambda { get; init; }
}

/// <summary>One graph of an agent folder.</summary>
/// <param name="Name">One of <see cref="GraphNames"/>.</param>
/// <param name="File">Its file in the folder: a plain name.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its outputs.</param>
public sealed record GraphManifest(
    string Name, string File, string Sha256, IReadOnlyList<TensorManifest> Inputs, IReadOnlyList<TensorManifest> Outputs);

/// <summary>One input or output of a graph.</summary>
/// <param name="Name">One of <see cref="TensorNames"/>.</param>
/// <param name="Type"><c>float32</c> or <c>uint8</c>.</param>
/// <param name="Shape">
/// The shape of one row; the dimension <c>batch</c> comes before it. Sequences of <see cref="GraphNames.Rollout"/> have <see cref="Horizon"/> first.
/// </param>
public sealed record TensorManifest(string Name, string Type, IReadOnlyList<int> Shape)
{
    /// <summary>The free dimension <c>horizon</c> in a shape: any number of steps.</summary>
    public const int Horizon = -1;

    /// <summary>Values per row, or per step if the number of steps is free.</summary>
    [JsonIgnore]
    public int Size => Shape.Aggregate(1, (product, side) => side == Horizon ? product : product * side);

    /// <summary>The shape of a row in words: 3, 4 or <c>horizon</c>, 4.</summary>
    [JsonIgnore]
    public IEnumerable<string> Sides => Shape.Select(side => side == Horizon ? "horizon" : $"{side}");

    /// <summary>Whether a row has this shape.</summary>
    internal bool Fits(ReadOnlySpan<long> row)
    {
        var fits = row.Length == Shape.Count;
        for (var i = 0; fits && i < row.Length; i++)
        {
            fits = Shape[i] == Horizon ? row[i] > 0 : Shape[i] == row[i];
        }
        return fits;
    }
}
