using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Exploration;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Replay;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training;

/// <summary>Everything that determines a training run; the defaults are DreamerV2's. <see cref="DreamerPresets"/> has sets that were tried.</summary>
public sealed record DreamerOptions
{
    /// <summary>What this set of options is called.</summary>
    /// <value><c>custom</c>.</value>
    public string Preset { get; init; } = "custom";

    /// <summary>Which algorithm these options are; to change it, <see cref="DreamerPresets.WithAlgorithm"/>.</summary>
    /// <value><see cref="DreamerAlgorithm.DreamerV2"/>.</value>
    public DreamerAlgorithm Algorithm { get; init; }

    /// <summary>The environment's name, for the registry and for what is said about the agent.</summary>
    /// <value><c>custom</c>.</value>
    public string Environment { get; init; } = "custom";

    /// <summary>The assembly that the environment is in, for one of your own; the registry is not asked then.</summary>
    /// <value>Null.</value>
    public string? EnvironmentAssembly { get; init; }

    /// <summary>The environment's full type name in <see cref="EnvironmentAssembly"/>; null for the only one there.</summary>
    /// <value>Null.</value>
    public string? EnvironmentType { get; init; }

    /// <summary>How many environments are played side by side, each with a seed of its own; the policy acts in all of them in one batch.</summary>
    /// <value>1.</value>
    public int EnvironmentCount { get; init; } = 1;

    /// <summary>Determines all randomness of the run.</summary>
    /// <value>0.</value>
    public ulong Seed { get; init; }

    /// <summary>The sizes of the networks.</summary>
    public NetworkOptions Networks { get; init; } = new();

    /// <summary>How the world model learns.</summary>
    public WorldModelOptions WorldModel { get; init; } = new();

    /// <summary>How actor and critic learn.</summary>
    public BehaviorOptions Behavior { get; init; } = new();

    /// <summary>How experience is gathered.</summary>
    public ExplorationOptions Exploration { get; init; } = new();

    /// <summary>What is remembered and how it is sampled.</summary>
    public ReplayOptions Replay { get; init; } = new();

    /// <summary>When the run is evaluated, and when it is good enough.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>The discount factor of a state that does not end the episode (gamma).</summary>
    /// <value>0.99.</value>
    public double Discount { get; init; } = 0.99;

    /// <summary>
    /// How much noise there is on the policy's actions in training: the chance that a discrete action is drawn anew, each as likely; the
    /// deviation of the normal number added to a continuous one, in halves of its range.
    /// </summary>
    /// <value>0.</value>
    public double ActionNoise { get; init; }

    /// <summary>
    /// For how many steps one draw of the noise in training lasts: a discrete action that was drawn anew is done for 1 to so many steps, each
    /// number as likely; the number added to a continuous one stays for so many.
    /// </summary>
    /// <value>1.</value>
    public int ActionNoiseSteps { get; init; } = 1;

    /// <summary>How many steps are done with random actions, in whole episodes, before the first update.</summary>
    /// <value>10,000.</value>
    public long PrefillSteps { get; init; } = 10_000;

    /// <summary>How many updates are done at once when the prefill is over.</summary>
    /// <value>1.</value>
    public int PretrainUpdates { get; init; } = 1;

    /// <summary>After how many steps there are updates.</summary>
    /// <value>5.</value>
    public int TrainEverySteps { get; init; } = 5;

    /// <summary>How many updates there are then.</summary>
    /// <value>1.</value>
    public int UpdatesPerTrain { get; init; } = 1;

    /// <summary>
    /// Whether the environments wait while an update is done. Else the steps before the next update are played beside the last of those
    /// that are due, with the weights from before it: always one update behind, so that a seed gives one result either way, but another one.
    /// </summary>
    /// <value>False. A run that is resumed must have what it began with to go on bit for bit.</value>
    public bool Sync { get; init; }

    /// <summary>How many updates the run may do in all.</summary>
    /// <value>1,000,000.</value>
    public long MaxUpdates { get; init; } = 1_000_000;

    /// <summary>Where metrics, checkpoints and episodes go, and a run resumes from; null to keep all in memory.</summary>
    /// <value>Null.</value>
    public string? LogDirectory { get; init; }

    /// <summary>A file of weights that a new run begins with (<see cref="Weights.WeightsFile"/>); null for random ones.</summary>
    /// <value>Null. A run that is resumed goes on with its own.</value>
    public string? InitialWeights { get; init; }

    /// <summary>After how many updates progress is reported and metrics are written.</summary>
    /// <value>100.</value>
    public int LogEveryUpdates { get; init; } = 100;

    /// <summary>After how many updates a checkpoint is saved; one is saved at the end as well.</summary>
    /// <value>1000.</value>
    public int CheckpointEveryUpdates { get; init; } = 1000;

    /// <summary>How many of the last checkpoints stay, beside the best.</summary>
    /// <value>2.</value>
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>Where tensors live: <c>auto</c> (the first GPU where there is one, else the CPU), <c>cpu</c>, or <c>cuda:N</c>.</summary>
    /// <value><c>auto</c>. A GPU takes an executable that was built with <c>-p:DreamerBackend=cuda</c>.</value>
    public string Device { get; init; } = "auto";

    /// <summary>How many threads the tensor operations use, 0 to leave TorchSharp's choice. A run repeats bit for bit with one.</summary>
    /// <value>1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Everything that is wrong with these options; empty where nothing is.</summary>
    /// <param name="observation">What the environment shows, or null where it is not known yet.</param>
    public IReadOnlyList<string> Errors(ObservationSpace? observation = null)
    {
        List<string> problems =
        [
            .. Networks.Errors(observation).Select(problem => $"{nameof(Networks)}.{problem}"),
            .. WorldModel.Problems(),
            .. Behavior.Problems(),
            .. Exploration.Problems(),
            .. Replay.Problems(),
            .. Evaluation.Problems(),
        ];
        if (!Enum.IsDefined(Algorithm))
        {
            problems.Add($"{nameof(Algorithm)} is {(int)Algorithm}; it must be one of {string.Join(", ", Enum.GetNames<DreamerAlgorithm>())}.");
        }
        if (!(Discount is > 0 and <= 1))
        {
            problems.Add($"{nameof(Discount)} is {Discount}; it must be in (0, 1].");
        }
        if (Networks.ConstantDiscount is { } constant && constant != Discount)
        {
            problems.Add($"{nameof(Networks)}.{nameof(Networks.ConstantDiscount)} is {constant}; it must be {nameof(Discount)}, {Discount}.");
        }
        if (EnvironmentType is not null && EnvironmentAssembly is null)
        {
            problems.Add($"{nameof(EnvironmentType)} is '{EnvironmentType}' without an {nameof(EnvironmentAssembly)} that it is in.");
        }
        if (ComputeDevice.ErrorOf(Device) is { } device)
        {
            problems.Add($"{nameof(Device)}: {device}");
        }
        if (!(ActionNoise >= 0 && double.IsFinite(ActionNoise)))
        {
            problems.Add($"{nameof(ActionNoise)} is {ActionNoise}; it must be 0 or above.");
        }
        AtLeast(1, ActionNoiseSteps, nameof(ActionNoiseSteps));
        AtLeast(1, EnvironmentCount, nameof(EnvironmentCount));
        AtLeast(0, PrefillSteps, nameof(PrefillSteps));
        AtLeast(0, PretrainUpdates, nameof(PretrainUpdates));
        AtLeast(1, TrainEverySteps, nameof(TrainEverySteps));
        AtLeast(1, UpdatesPerTrain, nameof(UpdatesPerTrain));
        AtLeast(1, MaxUpdates, nameof(MaxUpdates));
        AtLeast(1, LogEveryUpdates, nameof(LogEveryUpdates));
        AtLeast(1, CheckpointEveryUpdates, nameof(CheckpointEveryUpdates));
        AtLeast(1, KeepCheckpoints, nameof(KeepCheckpoints));
        AtLeast(0, Threads, nameof(Threads));
        return problems;

        void AtLeast(long least, long value, string name)
        {
            if (value < least)
            {
                problems.Add($"{name} is {value}; it must be at least {least}.");
            }
        }
    }
}
