using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Dreamer.Inference;

/// <summary>Where an agent came from.</summary>
public sealed record ProvenanceManifest
{
    /// <summary>The environment it was trained in.</summary>
    public required string Environment { get; init; }

    /// <summary>Environment steps it saw.</summary>
    public required long Steps { get; init; }

    /// <summary>Updates it was trained for.</summary>
    public required long Updates { get; init; }

    /// <summary>The seed of its training.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The effective configuration of its training.</summary>
    public JsonNode? Config { get; init; }

    /// <summary>Its scores; none if it was not evaluated.</summary>
    // The generated reader passes null for a missing property.
    public IReadOnlyList<EvaluationManifest> Evaluations { get; init => field = value ?? []; } = [];

    /// <summary>The versions of the packages that trained and exported it.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } =
        ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>The fidelity of int8 weights, compared with float32 weights.</summary>
/// <remarks>
/// Both took the same steps from the states of the float32 agent, with the same noise. KL is taken from the int8
/// policy to the float32 policy, each at its own state, in nats.
/// </remarks>
/// <param name="Sequences">The number of sequences compared.</param>
/// <param name="Steps">The number of steps per sequence.</param>
/// <param name="Observations">The observations: the name of the environment, or <c>random</c>.</param>
/// <param name="PolicyKl">The mean KL of the policies.</param>
/// <param name="LargestPolicyKl">The largest KL of the policies at any step.</param>
/// <param name="PolicyKlBound">The mean KL above which the export is refused.</param>
/// <param name="Evaluations">The scores with int8 weights, in the same episodes as the scores with float32 weights.</param>
public sealed record QuantizationManifest(
    int Sequences,
    int Steps,
    string Observations,
    double PolicyKl,
    double LargestPolicyKl,
    double PolicyKlBound,
    IReadOnlyList<EvaluationManifest> Evaluations)
{
    /// <summary>The share of sampled latent classes that are equal; null if latents are Gaussian.</summary>
    public double? EqualClasses { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(EqualClasses is { } share ? $"{share:P3} of the sampled latent classes are equal, " : "")}KL of the policies {PolicyKl:0.######} nats " +
        $"(at most {LargestPolicyKl:0.####}), over {Sequences} sequences of {Steps} steps ({Observations}){string.Concat(Evaluations.Select(score => $"; {score}"))}");
}

/// <summary>An agent's score.</summary>
/// <param name="Mean">Mean return of an episode.</param>
/// <param name="Std">Standard deviation of the returns.</param>
/// <param name="Episodes">The number of episodes.</param>
/// <param name="ActionSelection"><c>greedy</c> or <c>sampled</c>.</param>
public sealed record EvaluationManifest(double Mean, double Std, int Episodes, string ActionSelection)
{
    /// <summary>Scores of the most likely actions.</summary>
    public const string Greedy = "greedy";

    /// <summary>Scores of actions drawn from the policy.</summary>
    public const string Sampled = "sampled";

    /// <summary>The score without the kind of its episodes.</summary>
    [JsonIgnore]
    public ReturnStatistics Return => new(Mean, Std, Episodes);

    /// <inheritdoc/>
    public override string ToString() => $"return {Return.ToString(ActionSelection)}";
}
