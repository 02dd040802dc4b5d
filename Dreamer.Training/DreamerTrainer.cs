using System.Text.Json;
using Dreamer.Inference;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training;

/// <summary>Trains an agent in an environment: plays, remembers, learns a world model and a behavior in it, evaluates, saves.</summary>
/// <remarks>
/// With a log directory a run leaves there <c>metrics.jsonl</c>, <c>config.json</c>, <c>checkpoints/</c> and <c>episodes/</c>, and
/// the same call resumes it: with one thread and an <see cref="IResumableEnvironment"/> bit for bit as if it had never stopped.
/// One thread at a time may use a trainer. It owns its networks, and neither environment nor observer.
/// </remarks>
public sealed class DreamerTrainer : IDisposable
{
    private readonly TrainingLoop _loop;
    private int _running;

    static DreamerTrainer() => TorchRuntime.EnsureLoaded();

    /// <summary>Prepares a run in an environment of the registry, <see cref="DreamerOptions.Environment"/>.</summary>
    /// <param name="options">What determines the run.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
    public DreamerTrainer(DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this(EnvironmentRegistry.Default.Find((options ?? throw new ArgumentNullException(nameof(options))).Environment), options, observer, time)
    {
    }

    /// <summary>Prepares a run in environments that a factory creates: one to train in, and a new one for every evaluation.</summary>
    /// <param name="factory">Creates an environment from a seed.</param>
    /// <param name="options">What determines the run.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
    public DreamerTrainer(
        Func<ulong, IEnvironment> factory, DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this(
            (factory ?? throw new ArgumentNullException(nameof(factory)))(
                TrainingLoop.EnvironmentSeed((options ?? throw new ArgumentNullException(nameof(options))).Seed, episodes: 0)),
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
        : this(environment, factory: null, options, observer, time)
    {
    }

    private DreamerTrainer(
        IEnvironment environment, Func<ulong, IEnvironment>? factory, DreamerOptions options, ITrainingObserver? observer, TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Errors(environment.ObservationSpace) is { Count: > 0 } errors)
        {
            throw new ArgumentException($"The options '{options.Preset}' cannot be used:\n- {string.Join("\n- ", errors)}", nameof(options));
        }
        Options = options;
        _loop = new TrainingLoop(environment, factory, options, observer, time ?? TimeProvider.System);
    }

    /// <summary>What determines the run.</summary>
    public DreamerOptions Options { get; }

    /// <summary>The world model's networks; the trainer owns them, and changes them while it runs.</summary>
    public WorldModelNetworks WorldModel => _loop.WorldModel;

    /// <summary>The networks of actor and critic; the trainer owns them, and changes them while it runs.</summary>
    public ActorCriticNetworks ActorCritic => _loop.ActorCritic;

    /// <summary>Updates so far, over all resumptions.</summary>
    public long Updates => _loop.State.Updates;

    /// <summary>Environment steps so far, over all resumptions.</summary>
    public long EnvironmentSteps => _loop.State.EnvironmentSteps;

    /// <summary>The last evaluation, or null before the first.</summary>
    public EvaluationResult? Evaluation => _loop.State.Evaluation;

    /// <summary>Opens a run that is there, at its newest whole checkpoint, in the environment of the registry that it was in.</summary>
    /// <param name="logDirectory">The run's folder.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="FileNotFoundException">The folder holds no run.</exception>
    /// <exception cref="InvalidDataException">The run's options cannot be read.</exception>
    /// <exception cref="InvalidCheckpointException">The folder holds no whole checkpoint.</exception>
    public static DreamerTrainer Open(string logDirectory, ITrainingObserver? observer = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(logDirectory);
        var trainer = new DreamerTrainer(RunConfig.Read(logDirectory), observer, time);
        try
        {
            return trainer.Restore()
                ? trainer
                : throw new InvalidCheckpointException($"There is no whole checkpoint in '{logDirectory}': train for longer first.");
        }
        catch
        {
            trainer.Dispose();
            throw;
        }
    }

    /// <summary>Goes back to the newest whole checkpoint of the log directory; <see cref="RunAsync"/> does so by itself.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidCheckpointException">The log directory holds a run of another environment, seed or network sizes.</exception>
    public bool Restore() => _loop.Restore();

    /// <summary>Runs until the target is reached, the budget is spent, or it is cancelled; resumes where there is something to resume.</summary>
    /// <param name="cancellationToken">Ends the run at the next step; with a log directory, after a checkpoint.</param>
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

    /// <summary>Exports the networks as they are now: an agent folder that runs on ONNX Runtime alone.</summary>
    /// <param name="folder">The folder to create or replace.</param>
    /// <param name="cancellationToken">Is heeded before the export begins.</param>
    /// <returns>What the folder's manifest says.</returns>
    /// <exception cref="IOException">The folder could not be written; an old one is untouched.</exception>
    public Task<AgentManifest> ExportAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Task.Run(() => AgentExporter.Export(folder, WorldModel, ActorCritic, Describe()), cancellationToken);
    }

    /// <summary>Compares an exported folder, run by ONNX Runtime, with the networks as they are now.</summary>
    /// <param name="folder">The folder that <see cref="ExportAsync"/> wrote.</param>
    /// <param name="options">How much is compared, and how strictly.</param>
    public ParityReport CheckExport(string folder, AgentParityOptions? options = null) =>
        AgentParity.Check(folder, WorldModel, ActorCritic, options ?? new());

    /// <inheritdoc/>
    public void Dispose() => _loop.Dispose();

    private AgentDescription Describe() => new()
    {
        Name = Options.Environment,
        Preset = Options.Preset,
        Gamma = Options.Discount,
        RewardTransform = Options.WorldModel.RewardTransform == RewardTransform.Tanh ? "tanh" : "identity",
        Provenance = new ProvenanceManifest
        {
            Environment = Options.Environment,
            Steps = EnvironmentSteps,
            Updates = Updates,
            Seed = Options.Seed,
            Config = JsonSerializer.SerializeToNode(Options with { LogDirectory = null }, RunConfig.Json),
            Evaluation = Evaluation is { } evaluation
                ? new EvaluationManifest(evaluation.MeanReturn, evaluation.ReturnStd, evaluation.Episodes, "greedy")
                : null,
            Packages = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Dreamer.Training"] = VersionOf(typeof(DreamerTrainer)),
                ["TorchSharp"] = VersionOf(typeof(torch)),
            },
        },
    };

    private static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
