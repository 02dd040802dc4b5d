using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training;

/// <summary>Trains an agent in an environment: plays, remembers, learns a world model and a behavior in it, evaluates, saves.</summary>
/// <remarks>
/// With a log directory a run leaves there <c>metrics.jsonl</c>, <c>config.json</c>, <c>checkpoints/</c> and <c>episodes/</c>, and
/// the same call resumes it: with one thread and an <see cref="IResumableEnvironment"/> bit for bit as if it had never stopped.
/// Files are written on a thread of their own, all of them before a checkpoint says that they are there: a process that is killed loses
/// what followed the last checkpoint, and of the episodes and metrics since then those that waited to be written, at most 64.
/// One thread at a time may use a trainer. It owns its networks, and neither environment nor observer; environments are used by one
/// thread at a time, but not always the same (<see cref="DreamerOptions.Sync"/>).
/// </remarks>
public sealed class DreamerTrainer : IDisposable
{
    private readonly TrainingLoop _loop;
    private int _running;

    static DreamerTrainer() => TorchRuntime.EnsureLoaded();

    /// <summary>
    /// Prepares a run in an environment of the registry, <see cref="DreamerOptions.Environment"/>, or of the assembly
    /// <see cref="DreamerOptions.EnvironmentAssembly"/>.
    /// </summary>
    /// <param name="options">What determines the run.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
    /// <exception cref="FileNotFoundException">The assembly is not there.</exception>
    public DreamerTrainer(DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this(
            EnvironmentSource.Find(options),
            options,
            observer,
            time)
    {
    }

    /// <summary>Prepares a run in environments that a factory creates: as many as are played side by side, and a new one for every evaluation.</summary>
    /// <param name="factory">Creates an environment from a seed.</param>
    /// <param name="options">What determines the run.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
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

    /// <summary>Prepares a run in one environment, which evaluations use as well, between two training episodes.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="options">What determines the run.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
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
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [.. options.Errors(environments[0].ObservationSpace)];
        if (factory is null && options.EnvironmentCount > 1)
        {
            errors.Add($"{nameof(options.EnvironmentCount)} is {options.EnvironmentCount}; with one environment and no factory it must be 1.");
        }
        if (errors.Count > 0)
        {
            throw new ArgumentException($"The options '{options.Preset}' cannot be used:\n- {string.Join("\n- ", errors)}", nameof(options));
        }
        Options = options;
        Factory = factory;
        _loop = new TrainingLoop(environments, factory, options, observer, time ?? TimeProvider.System);
    }

    /// <summary>What determines the run.</summary>
    public DreamerOptions Options { get; }

    /// <summary>Creates further environments like those of the run; null where it was given one.</summary>
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

    /// <summary>Goes back to the newest whole checkpoint of the log directory; <see cref="RunAsync"/> does so by itself.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidCheckpointException">The log directory holds a run of another environment, seed or network sizes.</exception>
    public bool Restore() => _loop.Restore();

    /// <summary>Runs until the target is reached, the budget is spent, or it is cancelled; resumes where there is something to resume.</summary>
    /// <param name="cancellationToken">
    /// Ends the run at the next step, or when an update and the steps played beside it are done; with a log directory, after a checkpoint.
    /// </param>
    /// <returns>Why it ended, and how far it got. A cancelled run ends with a result, not with an exception.</returns>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    /// <exception cref="InvalidCheckpointException">The log directory holds another run.</exception>
    /// <exception cref="Optimization.NonFiniteTensorException">A loss or gradient became infinite; the last checkpoint stands.</exception>
    public async Task<TrainingResult> RunAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("This trainer runs already.");
        }
        try
        {
            // A thread of its own: TorchSharp's scopes and switches belong to a thread, and updates take no breath.
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

    // At least one, so that wrong options are found with all else that is wrong.
    private static IReadOnlyList<IEnvironment> Create(Func<ulong, IEnvironment> factory, DreamerOptions options) =>
    [
        .. Enumerable.Range(0, Math.Max(options.EnvironmentCount, 1))
            .Select(slot => factory(ExperienceCollector.EnvironmentSeed(options.Seed, episodes: 0, slot))),
    ];
}
