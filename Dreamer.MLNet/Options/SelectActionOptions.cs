using System.Text.Json.Serialization;
using Dreamer.Inference;

namespace Dreamer.MLNet;

/// <summary>The settings of <c>SelectAction</c>.</summary>
public sealed record SelectActionOptions
{
    /// <summary>
    /// The column of the action that the policy picks in the state: a UInt32 key with the actions' names, 1-based, or
    /// Vector&lt;Single, A&gt; if actions are continuous. In a recording it corresponds to the action of the next row.
    /// </summary>
    /// <value>The default value is <c>PredictedAction</c>.</value>
    public string OutputColumnName { get; init; } = "PredictedAction";

    /// <summary>The column of the state, Vector&lt;Single, S*C + D&gt;.</summary>
    /// <value>The default value is <c>Latent</c>.</value>
    public string InputColumnName { get; init; } = "Latent";

    /// <summary>The column of the discrete actions' probabilities, Vector&lt;Single, A&gt; with the actions' names; null to leave it out.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? ProbabilitiesColumnName { get; init; }

    /// <summary>Which action is picked.</summary>
    /// <value>The default value is <see cref="ActionSelection.Greedy"/>.</value>
    public ActionSelection ActionSelection { get; init; } = ActionSelection.Greedy;

    /// <summary>The seed of samples; an action that a live session drew under this seed, episode id and step is drawn again.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>The column that names a row's episode, Text; read if actions are sampled.</summary>
    /// <value>The default value is <c>EpisodeId</c>.</value>
    public string EpisodeIdColumnName { get; init; } = "EpisodeId";

    /// <summary>The column of a row's number in its episode, Int64, 0 at the first; read if actions are sampled.</summary>
    /// <value>The default value is <c>Step</c>.</value>
    public string StepColumnName { get; init; } = "Step";

    /// <inheritdoc cref="EncodeObservationOptions.GpuDeviceId"/>
    [JsonIgnore]
    public int? GpuDeviceId { get; init; }

    /// <inheritdoc cref="EncodeObservationOptions.FallbackToCpu"/>
    [JsonIgnore]
    public bool FallbackToCpu { get; init; }
}
