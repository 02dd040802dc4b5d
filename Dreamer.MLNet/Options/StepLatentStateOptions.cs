using System.Text.Json.Serialization;
using Dreamer.Inference;

namespace Dreamer.MLNet;

/// <summary>The settings of <c>StepLatentState</c>.</summary>
public sealed record StepLatentStateOptions
{
    /// <summary>The column that is added: the state after the row, Vector&lt;Single, S*C + D&gt;.</summary>
    /// <value>The default value is <c>Latent</c>.</value>
    public string OutputColumnName { get; init; } = "Latent";

    /// <summary>The column of the state before the row, Vector&lt;Single, S*C + D&gt;; ignored at an episode's first row.</summary>
    /// <value>The default value is <c>PrevLatent</c>.</value>
    public string PrevLatentColumnName { get; init; } = "PrevLatent";

    /// <summary>The column of the action that led to the row, Vector&lt;Single, A&gt; or a UInt32 key of A values (1-based, 0 for none).</summary>
    /// <value>The default value is <c>PrevAction</c>.</value>
    public string PrevActionColumnName { get; init; } = "PrevAction";

    /// <summary>
    /// Whether a key column without names holds the agent's actions in order. Keys with names are mapped by name, whatever their order.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: such a column is refused.</value>
    public bool UnnamedKeys { get; init; }

    /// <summary>What happens to numbers of actions that are not finite.</summary>
    /// <value>The default value is <see cref="NonFiniteInput.Refuse"/>.</value>
    public NonFiniteInput NonFinite { get; init; }

    /// <summary>The column that marks the first row of an episode, Boolean.</summary>
    /// <value>The default value is <c>IsFirst</c>.</value>
    public string IsFirstColumnName { get; init; } = "IsFirst";

    /// <summary>The column of the encoded observation, Vector&lt;Single, E&gt;.</summary>
    /// <value>The default value is <c>Embedding</c>.</value>
    public string EmbeddingColumnName { get; init; } = "Embedding";

    /// <summary>How the state is drawn from its distribution.</summary>
    /// <value>The default value is <see cref="LatentSampling.Sampled"/>, as in a live session.</value>
    public LatentSampling LatentSampling { get; init; } = LatentSampling.Sampled;

    /// <summary>The seed of samples: under the seed and the episode id of a live session they are the session's.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>The column that names a row's episode, Text; read if latents are sampled.</summary>
    /// <value>The default value is <c>EpisodeId</c>.</value>
    public string EpisodeIdColumnName { get; init; } = "EpisodeId";

    /// <summary>The column of a row's number in its episode, Int64, 0 at the first; read if latents are sampled.</summary>
    /// <value>The default value is <c>Step</c>.</value>
    public string StepColumnName { get; init; } = "Step";

    /// <inheritdoc cref="EncodeObservationOptions.GpuDeviceId"/>
    [JsonIgnore]
    public int? GpuDeviceId { get; init; }

    /// <inheritdoc cref="EncodeObservationOptions.FallbackToCpu"/>
    [JsonIgnore]
    public bool FallbackToCpu { get; init; }
}
