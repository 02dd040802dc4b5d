using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Validation;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training;

/// <summary>Trains an agent in an environment: plays, records, learns a world model and a behavior in it, evaluates, saves.</summary>
/// <remarks>
/// A run with a log directory writes <c>metrics.jsonl</c>, <c>config.json</c>, <c>checkpoints/</c> and <c>episodes/</c> there, and
/// the same call resumes it: bit for bit with one thread and an <see cref="IResumableEnvironment"/>.
/// A background thread writes the files, all of them before the checkpoint that refers to them: a killed process loses
/// the work since the last checkpoint, and at most 64 episodes and metrics that were waiting to be written.
/// Used by one thread at a time. It owns its networks, and the environments that its factory creates; not a single environment or the observer. Each
/// environment is called on a thread of its own, so that a call that hangs stops neither <see cref="DreamerOptions.EnvironmentTimeout"/> nor a cancellation.
/// </remarks>
public sealed class DreamerTrainer : IDisposable
{
    private readonly TrainingLoop _loop;
    private int _running;

    /// <summary>
    /// Prepares a run in an environment of the registry, <see cref="DreamerOptions.Environment"/>, or of the assembly
    /// <see cref="DreamerOptions.EnvironmentAssembly"/>.
    /// </summary>
    /// <param name="options">The options of the run.</param>
    /// <param name="observer">Receives the events of the run.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options are invalid; the message lists every error.</exception>
    /// <exception cref="FileNotFoundException">The assembly does not exist.</exception>
    public DreamerTrainer(DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this(
            EnvironmentSource.Find(options),
            options,
            observer,
            time)
    {
    }

    /// <summary>Prepares a run in environments from a factory: one or more in parallel, and a new one for every evaluation.</summary>
    /// <param name="factory">Creates an environment from a seed.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="observer">Receives the events of the run.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options are invalid; the message lists every error.</exception>
    public DreamerTrainer(
        Func<ulong, IEnvironment> factory, DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this(
            Create(
                factory ?? throw new ArgumentNullException(nameof(factory)), options ?? throw new ArgumentNullException(nameof(options))),
            factory,
            options,
            observer,
            time)
    {
    }

    /// <summary>Prepares a run in one environment; evaluations use it between two training episodes.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="observer">Receives the events of the run.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options are invalid; the message lists every error.</exception>
    public DreamerTrainer(IEnvironment environment, DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this([environment ?? throw new ArgumentNullException(nameof(environment))], factory: null, options, observer, time)
    {
    }

    private DreamerTrainer(
        IReadOnlyList<IEnvironment> environments,
        Func<ulong, IEnvironment>? factory,
        DreamerOptions options,
        ITrainingObserver? observer,
        TimeProvider? time)
    {
        // Not in a static constructor, whose exceptions hide the message that names the package.
        TorchRuntime.EnsureLoaded();
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [.. options.Errors(environments[0].ObservationSpace)];
        if (factory is null && options.EnvironmentCount > 1)
        {
            errors.Add($"{nameof(options.EnvironmentCount)} is {options.EnvironmentCount}; it must be 1 with one environment and no factory.");
        }
        OptionErrors.Validate(errors, $"The options '{options.Preset}'", nameof(options));
        Options = options;
        Factory = factory;
        _loop = new TrainingLoop(environments, factory, options, observer, time ?? TimeProvider.System);
    }

    /// <summary>The options of the run.</summary>
    public DreamerOptions Options { get; }

    /// <summary>Creates environments like those of the run; null if it has a single one.</summary>
    internal Func<ulong, IEnvironment>? Factory { get; }

    /// <summary>The world model's networks; the trainer owns them, and changes them while it runs.</summary>
    internal WorldModelNetworks WorldModel => _loop.WorldModel;

    /// <summary>The networks of actor and critic; the trainer owns them, and changes them while it runs.</summary>
    internal ActorCriticNetworks ActorCritic => _loop.ActorCritic;

    /// <inheritdoc cref="AgentLearner.RewardScale"/>
    internal float RewardScale => _loop.RewardScale;

    /// <summary>Updates so far, over all resumptions.</summary>
    public long Updates => _loop.State.Updates;

    /// <summary>Environment steps so far, over all resumptions.</summary>
    public long EnvironmentSteps => _loop.State.EnvironmentSteps;

    /// <summary>The last evaluation, or null before the first.</summary>
    public EvaluationResult? Evaluation => _loop.State.Evaluation;

    /// <summary>Restores the newest valid checkpoint of the log directory; <see cref="RunAsync"/> does so automatically.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidCheckpointException">The log directory holds a run of another environment, seed or network sizes.</exception>
    public bool Restore() => _loop.Restore();

    /// <summary>Runs until the target is reached, the budget is spent, or it is cancelled; resumes from the log directory.</summary>
    /// <param name="cancellationToken">
    /// Ends the run after the current step or update, and with a log directory after a checkpoint.
    /// </param>
    /// <returns>Why it ended, and its counters. A cancelled run returns a result and does not throw.</returns>
    /// <exception cref="InvalidOperationException">It is already running.</exception>
    /// <exception cref="InvalidCheckpointException">The log directory holds another run.</exception>
    /// <exception cref="EnvironmentFailedException">An environment threw or did not answer in time; a checkpoint is saved.</exception>
    /// <exception cref="InvalidEnvironmentException">An environment breaks its contract; a checkpoint is saved.</exception>
    /// <exception cref="Optimization.NonFiniteTensorException">A loss or gradient is not finite; the last checkpoint remains.</exception>
    public async Task<TrainingResult> RunAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("This trainer is already running.");
        }
        try
        {
            // A dedicated thread: TorchSharp's scopes and switches are per thread, and updates never yield.
            return await Task.Factory.StartNew(
                () => _loop.Run(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _loop.Dispose();

    // At least one, so that an invalid count is reported with the other errors.
    private static IReadOnlyList<IEnvironment> Create(Func<ulong, IEnvironment> factory, DreamerOptions options) =>
    [
        .. Enumerable.Range(0, Math.Max(options.EnvironmentCount, 1))
            .Select(slot => factory(ExperienceCollector.EnvironmentSeed(options.Seed, episodes: 0, slot))),
    ];
}
