using System.Text.Json.Serialization;
using Dreamer.Inference;

namespace Dreamer.MLNet;

/// <summary>The settings of <c>ImagineRollout</c>.</summary>
public sealed record ImagineRolloutOptions
{
    /// <summary>
    /// The prefix of the columns: <c>Actions</c>, <c>Rewards</c>, <c>Discounts</c>, <c>Values</c> and <c>Return</c> follow. A
    /// column that is not read costs nothing.
    /// </summary>
    /// <value>The default value is <c>Rollout</c>.</value>
    public string OutputColumnName { get; init; } = "Rollout";

    /// <summary>The column of the state that imagination starts from, Vector&lt;Single, S*C + D&gt;.</summary>
    /// <value>The default value is <c>Latent</c>.</value>
    public string InputColumnName { get; init; } = "Latent";

    /// <summary>The number of imagined steps H.</summary>
    /// <value>The default value is 15, the reference's horizon.</value>
    public int Horizon { get; init; } = 15;

    /// <summary>Which actions are taken.</summary>
    /// <value>The default value is <see cref="ImaginedActions.Policy"/>.</value>
    public ImaginedActions Actions { get; init; } = ImaginedActions.Policy;

    /// <summary>
    /// The column of the actions to take, read if they are <see cref="ImaginedActions.Given"/>: Vector&lt;Single, H, A&gt;, the same
    /// flat, or a vector of H keys of A values if actions are discrete (1-based, 0 for none). Its first action is the one taken at the row.
    /// </summary>
    /// <value>The default value is <c>PlannedActions</c>.</value>
    public string ActionsColumnName { get; init; } = "PlannedActions";

    /// <summary>
    /// Whether a key column without names holds the agent's actions in order. Keys with names are mapped by name, whatever their order.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: such a column is refused.</value>
    public bool UnnamedKeys { get; init; }

    /// <summary>Which action of the policy is taken.</summary>
    /// <value>The default value is <see cref="ActionSelection.Greedy"/>.</value>
    public ActionSelection ActionSelection { get; init; } = ActionSelection.Greedy;

    /// <summary>How imagined states are drawn from the prior.</summary>
    /// <value>The default value is <see cref="LatentSampling.Mode"/>: one future, for which rows need no ids.</value>
    public LatentSampling LatentSampling { get; init; } = LatentSampling.Mode;

    /// <summary>The seed of samples. The rollouts of one row for each action share their noise, so that they differ only by the action.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>The column that names a row's episode, Text; read where anything is sampled.</summary>
    /// <value>The default value is <c>EpisodeId</c>.</value>
    public string EpisodeIdColumnName { get; init; } = "EpisodeId";

    /// <summary>The column of a row's number in its episode, Int64, 0 at the first; read where anything is sampled.</summary>
    /// <value>The default value is <c>Step</c>.</value>
    public string StepColumnName { get; init; } = "Step";

    /// <inheritdoc cref="EncodeObservationOptions.GpuDeviceId"/>
    [JsonIgnore]
    public int? GpuDeviceId { get; init; }

    /// <inheritdoc cref="EncodeObservationOptions.FallbackToCpu"/>
    [JsonIgnore]
    public bool FallbackToCpu { get; init; }

    internal bool UsesPolicy => Actions != ImaginedActions.Given;

    internal bool SamplesActions => UsesPolicy && ActionSelection == ActionSelection.Sampled;

    internal bool SamplesLatents => LatentSampling == LatentSampling.Sampled;
}
