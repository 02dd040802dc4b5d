using System.Text.Json.Serialization;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Exploration;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Options;
using Dreamer.Training.Replay;
using Dreamer.Training.WorldModel;
using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training;

/// <summary>
/// Everything that determines a training run. The defaults are DreamerV2's algorithm in the sizes of its reference for small control tasks, with
/// rewards as they are; <see cref="DreamerPresets.Defaults"/> has the reference's own defaults, <see cref="DreamerPresets"/> tested sets.
/// </summary>
public sealed record DreamerOptions
{
    /// <summary>The name of this set of options.</summary>
    /// <value><c>custom</c>.</value>
    public string Preset { get; init; } = "custom";

    /// <summary>The algorithm; change it with <see cref="DreamerPresets.WithAlgorithm"/>.</summary>
    /// <value><see cref="DreamerAlgorithm.DreamerV2"/>.</value>
    public DreamerAlgorithm Algorithm { get; init; }

    /// <summary>The environment's name in the registry and in the agent's manifest.</summary>
    /// <value><c>custom</c>.</value>
    public string Environment { get; init; } = "custom";

    /// <summary>The assembly of a custom environment, which replaces the registry.</summary>
    /// <value>Null.</value>
    public string? EnvironmentAssembly { get; init; }

    /// <summary>The environment's full type name in <see cref="EnvironmentAssembly"/>; null if there is only one.</summary>
    /// <value>Null.</value>
    public string? EnvironmentType { get; init; }

    /// <summary>The number of parallel environments, each with its own seed; the policy acts in all of them in one batch.</summary>
    /// <value>1.</value>
    public int EnvironmentCount { get; init; } = 1;

    /// <summary>
    /// The longest time for a reset or a step of an environment, after which it has failed. In JSON and on the command line in seconds, or
    /// <c>hh:mm:ss</c>.
    /// </summary>
    /// <value>10 minutes; null for no limit.</value>
    [JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? EnvironmentTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How often a run may replace an environment that failed by a new one, which needs a factory. The episode is kept as truncated. After that a failure ends
    /// the run, with a checkpoint.
    /// </summary>
    /// <value>0: the first failure ends the run.</value>
    public int EnvironmentRestarts { get; init; }

    /// <summary>Determines all randomness of the run.</summary>
    /// <value>0.</value>
    public ulong Seed { get; init; }

    /// <summary>The sizes of the networks.</summary>
    public NetworkOptions Networks { get; init; } = new();

    /// <summary>How the world model learns.</summary>
    public WorldModelOptions WorldModel { get; init; } = new();

    /// <summary>How actor and critic learn.</summary>
    public BehaviorOptions Behavior { get; init; } = new();

    /// <summary>How a run explores.</summary>
    public ExplorationOptions Exploration { get; init; } = new();

    /// <summary>The capacity and the sampling of the replay.</summary>
    public ReplayOptions Replay { get; init; } = new();

    /// <summary>When the run is evaluated, and when it is done.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>The discount factor of a state that does not end the episode (gamma).</summary>
    /// <value>0.99.</value>
    public double Discount { get; init; } = 0.99;

    /// <summary>
    /// The noise on the policy's actions in training: the probability that a discrete action is replaced by a uniform one; the
    /// standard deviation of the normal noise on a continuous one, in halves of its range.
    /// </summary>
    /// <value>0.</value>
    public double ActionNoise { get; init; }

    /// <summary>
    /// The most steps that one draw of the action noise lasts: a replaced discrete action repeats for 1 to this many steps,
    /// uniformly; the number added to a continuous one stays for this many.
    /// </summary>
    /// <value>1.</value>
    public int ActionNoiseSteps { get; init; } = 1;

    /// <summary>The random steps, in whole episodes, before the first update.</summary>
    /// <value>10,000.</value>
    public long PrefillSteps { get; init; } = 10_000;

    /// <summary>Whether one update comes before the <see cref="PretrainUpdates"/>: with it, the references of DreamerV1 and DreamerV2 create their variables.</summary>
    /// <value>True (false in DreamerV3).</value>
    public bool InitialUpdate { get; init; } = true;

    /// <summary>The updates right after the prefill.</summary>
    /// <value>1.</value>
    public int PretrainUpdates { get; init; } = 1;

    /// <summary>The environment steps between updates.</summary>
    /// <value>5.</value>
    public int TrainEverySteps { get; init; } = 5;

    /// <summary>The updates each time.</summary>
    /// <value>1.</value>
    public int UpdatesPerTrain { get; init; } = 1;

    /// <summary>
    /// Whether the gradients of world model, actor and critic are all computed with the weights from before the update, as in DreamerV1; otherwise actor and
    /// critic imagine with the world model that has just learned.
    /// </summary>
    /// <value>False (true in DreamerV1).</value>
    public bool JointUpdate { get; init; }

    /// <summary>
    /// Whether the environments wait during an update. Otherwise the steps before the next update are played during the last of those
    /// that are due, with the weights from before it: always one update behind. A seed gives one result in either mode, but not the same.
    /// </summary>
    /// <value>False. A run resumes bit for bit only with the value that it started with.</value>
    public bool Sync { get; init; }

    /// <summary>The most updates of the run.</summary>
    /// <value>1,000,000.</value>
    public long MaxUpdates { get; init; } = 1_000_000;

    /// <summary>The folder of metrics, checkpoints and episodes, from which a run resumes; null to keep everything in memory.</summary>
    /// <value>Null.</value>
    public string? LogDirectory { get; init; }

    /// <summary>A safetensors file with the weights that a new run starts with; null for random ones.</summary>
    /// <value>Null. A resumed run keeps its own.</value>
    public string? InitialWeights { get; init; }

    /// <summary>The updates between two reports of progress and metrics.</summary>
    /// <value>100.</value>
    public int LogEveryUpdates { get; init; } = 100;

    /// <summary>The updates between two checkpoints; one is saved at the end as well.</summary>
    /// <value>1000.</value>
    public int CheckpointEveryUpdates { get; init; } = 1000;

    /// <summary>The number of last checkpoints to keep, in addition to the best.</summary>
    /// <value>2.</value>
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>The device: <c>auto</c> (the first GPU, or the CPU if there is none), <c>cpu</c>, or <c>cuda:N</c>.</summary>
    /// <value><c>auto</c>. A GPU needs an executable built with <c>-p:DreamerBackend=cuda</c>.</value>
    public string Device { get; init; } = "auto";

    /// <summary>The threads of tensor operations; 0 for TorchSharp's default. A run is reproducible bit for bit with one.</summary>
    /// <value>1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Every error in these options; empty if they are valid.</summary>
    /// <param name="observation">What the environment shows, or null if it is not known yet.</param>
    public IReadOnlyList<string> Errors(ObservationSpace? observation = null) =>
    [
        .. Networks.Errors(observation).Select(error => $"{nameof(Networks)}.{error}"),
        .. WorldModel.Errors(),
        .. Behavior.Errors(),
        .. Exploration.Errors(),
        .. Replay.Errors(),
        .. Evaluation.Errors(),
        .. Defined(nameof(Algorithm), Algorithm),
        .. ShareAboveZero(nameof(Discount), Discount),
        .. Networks.ConstantDiscount is { } constant
            ? Unless(constant == Discount, $"{nameof(Networks)}.{nameof(Networks.ConstantDiscount)}", constant, $"{nameof(Discount)}, {Discount}") : [],
        .. EnvironmentType is { } type
            ? Unless(EnvironmentAssembly is not null, nameof(EnvironmentType), $"'{type}'", $"null without an {nameof(EnvironmentAssembly)}") : [],
        .. Unless(ComputeDevice.IsName(Device), nameof(Device), $"'{Device}'", ComputeDevice.Names),
        .. NotNegative(nameof(ActionNoise), ActionNoise),
        .. AtLeast(nameof(ActionNoiseSteps), ActionNoiseSteps, 1),
        .. AtLeast(nameof(EnvironmentCount), EnvironmentCount, 1),
        .. EnvironmentTimeout is { } timeout ? Unless(timeout > TimeSpan.Zero, nameof(EnvironmentTimeout), timeout, "above 0, or null for no limit") : [],
        .. AtLeast(nameof(EnvironmentRestarts), EnvironmentRestarts, 0),
        .. AtLeast(nameof(PrefillSteps), PrefillSteps, 0),
        .. AtLeast(nameof(PretrainUpdates), PretrainUpdates, 0),
        .. AtLeast(nameof(TrainEverySteps), TrainEverySteps, 1),
        .. AtLeast(nameof(UpdatesPerTrain), UpdatesPerTrain, 1),
        .. AtLeast(nameof(MaxUpdates), MaxUpdates, 1),
        .. AtLeast(nameof(LogEveryUpdates), LogEveryUpdates, 1),
        .. AtLeast(nameof(CheckpointEveryUpdates), CheckpointEveryUpdates, 1),
        .. AtLeast(nameof(KeepCheckpoints), KeepCheckpoints, 1),
        .. AtLeast(nameof(Threads), Threads, 0),
    ];
}
