using Dreamer.Inference.Episodes;
using Dreamer.Training.Runs;

namespace Dreamer.Training.Telemetry;

/// <summary>Gathers what happens in a run, and tells the observer and the log.</summary>
internal sealed class RunTelemetry : IDisposable
{
    private readonly DreamerOptions _options;
    private readonly ITrainingObserver? _observer;
    private readonly TimeProvider _time;
    private readonly MetricsLog? _log;
    private readonly long _started;
    private long _reported;
    private long _reportedUpdates;
    private EvaluationResult? _evaluation;

    public RunTelemetry(DreamerOptions options, ITrainingObserver? observer, TimeProvider time, TrainingState state)
    {
        (_options, _observer, _time) = (options, observer, time);
        _started = _reported = time.GetTimestamp();
        (_reportedUpdates, _evaluation) = (state.Updates, state.Evaluation);
        _log = options.LogDirectory is { } folder ? new MetricsLog(Path.Combine(folder, MetricsLog.FileName), state.Updates) : null;
    }

    public MetricSet Metrics { get; } = new();

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    public void Episode(Episode episode, long environmentSteps)
    {
        Metrics.Add(MetricNames.TrainReturn, episode.Return);
        Metrics.Add(MetricNames.TrainLength, episode.RowCount - 1);
        _observer?.OnEpisode(episode, environmentSteps);
    }

    public void Evaluation(EvaluationResult result)
    {
        _evaluation = result;
        _log?.Write(
            result.Updates,
            result.EnvironmentSteps,
            [
                new(MetricNames.EvaluationReturn, result.MeanReturn),
                new(MetricNames.EvaluationReturnStd, result.ReturnStd),
                new(MetricNames.EvaluationLength, result.MeanLength),
            ]);
        _observer?.OnEvaluation(result);
    }

    /// <summary>Reports the means since the last report, if anything happened since.</summary>
    public void Report(TrainingState state, long episodes)
    {
        if (Metrics.IsEmpty)
        {
            return;
        }
        var rate = (state.Updates - _reportedUpdates) / Math.Max(_time.GetElapsedTime(_reported).TotalSeconds, 1e-9);
        Metrics.Add(MetricNames.UpdatesPerSecond, rate);
        var means = Metrics.Means();
        _log?.Write(state.Updates, state.EnvironmentSteps, means);
        _observer?.OnProgress(new TrainingProgress
        {
            EnvironmentSteps = state.EnvironmentSteps,
            Episodes = episodes,
            Updates = state.Updates,
            MaxUpdates = _options.MaxUpdates,
            UpdatesPerSecond = rate,
            TimeLeft = rate > 0 ? TimeSpan.FromSeconds(Math.Min((_options.MaxUpdates - state.Updates) / rate, 1e9)) : TimeSpan.MaxValue,
            Elapsed = Elapsed,
            TrainReturn = Metrics.Mean(MetricNames.TrainReturn),
            Evaluation = _evaluation,
            Metrics = means,
        });
        Metrics.Clear();
        (_reported, _reportedUpdates) = (_time.GetTimestamp(), state.Updates);
    }

    public void Dispose() => _log?.Dispose();
}
