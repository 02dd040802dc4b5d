using System.Text.Json.Serialization;
using Dreamer.Inference;

namespace Dreamer.MLNet;

/// <summary>The settings of <c>ObserveLatentState</c>.</summary>
public sealed record ObserveLatentStateOptions
{
    /// <summary>The column that is added: the state after each row, Vector&lt;Single, S*C + D&gt;, stoch first, then deter.</summary>
    /// <value>The default value is <c>Latent</c>.</value>
    public string OutputColumnName { get; init; } = "Latent";

    /// <summary>The column of the encoded observation, Vector&lt;Single, E&gt;.</summary>
    /// <value>The default value is <c>Embedding</c>.</value>
    public string EmbeddingColumnName { get; init; } = "Embedding";

    /// <summary>The column of the action, Vector&lt;Single, A&gt;, or a UInt32 key of A values if actions are discrete (1-based, 0 for none).</summary>
    /// <remarks>In a class that ML.NET reads rows from, a member with <c>[KeyType(A)]</c> counts from 0, and A or more is none.</remarks>
    /// <value>The default value is <c>Action</c>.</value>
    public string ActionColumnName { get; init; } = "Action";

    /// <summary>
    /// Whether a key column without names holds the agent's actions in order. Keys with names are mapped by name, whatever their order.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: such a column is refused.</value>
    public bool UnnamedKeys { get; init; }

    /// <summary>What happens to numbers of actions that are not finite.</summary>
    /// <value>The default value is <see cref="NonFiniteInput.Refuse"/>.</value>
    public NonFiniteInput NonFinite { get; init; }

    /// <summary>Which action a row's is.</summary>
    /// <value>The default value is <see cref="ActionTiming.LedHere"/>.</value>
    public ActionTiming ActionTiming { get; init; } = ActionTiming.LedHere;

    /// <summary>The column that marks the first row of an episode, Boolean.</summary>
    /// <value>The default value is <c>IsFirst</c>.</value>
    public string IsFirstColumnName { get; init; } = "IsFirst";

    /// <summary>The column that names a row's episode, Text; needed if latents are sampled or rows are interleaved, otherwise read if it exists.</summary>
    /// <value>The default value is <c>EpisodeId</c>.</value>
    public string EpisodeIdColumnName { get; init; } = "EpisodeId";

    /// <summary>
    /// The column that counts an episode's rows, Int64; read if it exists, so that missing and repeated rows are noticed. A column that stays at one value counts
    /// nothing.
    /// </summary>
    /// <value>The default value is <c>Step</c>; null to leave it out.</value>
    public string? StepColumnName { get; init; } = "Step";

    /// <summary>
    /// Whether rows of several episodes are mixed. If not, an episode's rows follow each other and cursors run in parallel; if so, the
    /// states of open episodes are kept by id and one cursor runs.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool Interleaved { get; init; }

    /// <summary>The column that marks the last row of an episode, Boolean; read if rows are interleaved, to forget the episode's state.</summary>
    /// <value>The default value is <c>IsLast</c>.</value>
    public string IsLastColumnName { get; init; } = "IsLast";

    /// <summary>How many interleaved episodes may be open at once; one more is an error.</summary>
    /// <value>The default value is 4096.</value>
    public int MaxOpenEpisodes { get; init; } = 4096;

    /// <summary>A column for how far each row moved the state from what was expected, Single, KL in nats; null to leave it and its cost out.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? SurpriseColumnName { get; init; }

    /// <summary>A column for the logits of the state before the observation, Vector&lt;Single, S*C&gt;, or Vector&lt;Single, 2*S&gt; of means and
    /// deviations if the state is Gaussian; null to leave it and its cost out.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? PriorLogitsColumnName { get; init; }

    /// <summary>A column for the logits of the state given the observation, Vector&lt;Single, S*C&gt;, or Vector&lt;Single, 2*S&gt; of means and
    /// deviations if the state is Gaussian; null to leave it out.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? PosteriorLogitsColumnName { get; init; }

    /// <summary>How the state is drawn from its distribution.</summary>
    /// <value>The default value is <see cref="LatentSampling.Sampled"/>, as in a live session.</value>
    public LatentSampling LatentSampling { get; init; } = LatentSampling.Sampled;

    /// <summary>The seed of samples: under the seed and the episode id of a live session they are the session's.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>How many rows a cursor reads ahead at most, to advance their episodes together; results do not depend on it.</summary>
    /// <value>The default value is 16384, some 110 MB with a state of the reference's size.</value>
    public int WindowRows { get; init; } = 16384;

    /// <summary>
    /// How much memory the rows read ahead may take, the columns that pass through included: fewer than <see cref="WindowRows"/> are read
    /// if they are large, for example images.
    /// </summary>
    /// <value>The default value is 200, in units of 1,000,000 bytes.</value>
    public int WindowMegabytes { get; init; } = 200;

    /// <inheritdoc cref="EncodeObservationOptions.GpuDeviceId"/>
    [JsonIgnore]
    public int? GpuDeviceId { get; init; }

    /// <inheritdoc cref="EncodeObservationOptions.FallbackToCpu"/>
    [JsonIgnore]
    public bool FallbackToCpu { get; init; }

    internal bool NeedsEpisodeId => Interleaved || LatentSampling == LatentSampling.Sampled;

    internal bool NeedsSurprise => SurpriseColumnName is not null || PriorLogitsColumnName is not null;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    internal static void Validate(ObserveLatentStateOptions options)
    {
        foreach (var (name, value) in new[]
        {
            (nameof(WindowRows), options.WindowRows),
            (nameof(WindowMegabytes), options.WindowMegabytes),
            (nameof(MaxOpenEpisodes), options.MaxOpenEpisodes),
        })
        {
            if (value < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(options), $"{name} is {value}; at least 1 is allowed.");
            }
        }
    }
}
