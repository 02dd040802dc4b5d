using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;
using Dreamer.Training.Telemetry;

namespace Dreamer.Training.Tests.Runs;

/// <summary>A folder for runs that goes when the test is over.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("runs").FullName;

    public string this[string name] => Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

/// <summary>Remembers what it was told.</summary>
internal sealed class RecordingObserver : ITrainingObserver
{
    public List<string> Notices { get; } = [];

    public List<TrainingProgress> Progress { get; } = [];

    public List<EvaluationResult> Evaluations { get; } = [];

    public List<Episode> Episodes { get; } = [];

    public Action<TrainingProgress>? WhenProgress { get; set; }

    public void OnEpisode(Episode episode, long environmentSteps) => Episodes.Add(episode);

    public void OnProgress(TrainingProgress progress)
    {
        Progress.Add(progress);
        WhenProgress?.Invoke(progress);
    }

    public void OnEvaluation(EvaluationResult result) => Evaluations.Add(result);

    public void OnNotice(string message) => Notices.Add(message);
}

/// <summary>Catch whose state cannot be saved.</summary>
internal sealed class UnsavableCatch(ulong seed) : IEnvironment
{
    private readonly Catch _game = new(seed);

    public ObservationSpace ObservationSpace => _game.ObservationSpace;

    public ActionSpace ActionSpace => _game.ActionSpace;

    public EnvironmentStep Reset() => _game.Reset();

    public EnvironmentStep Step(ReadOnlySpan<float> action) => _game.Step(action);
}
