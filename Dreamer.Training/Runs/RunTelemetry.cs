using Dreamer.Inference.Episodes;
using Dreamer.Training.Health;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using TorchSharp;

namespace Dreamer.Training.Runs;

/// <summary>Collects the metrics of a run for the observer and the logs.</summary>
internal sealed class RunTelemetry : IDisposable
{
    private readonly DreamerOptions _options;
    private readonly ITrainingObserver? _observer;
    private readonly TimeProvider _time;
    private readonly BackgroundWriter _writer;
    private readonly MetricsLog? _log;
    private readonly EventFile? _events;
    private readonly long _started;
    private long _reported;
    private TrainingState _reportedState;
    private EvaluationResult? _evaluation;

    public RunTelemetry(
        DreamerOptions options, RunHealth health, ITrainingObserver? observer, TimeProvider time, TrainingState state, BackgroundWriter writer)
    {
        Health = health;
        (_options, _observer, _time, _writer) = (options, observer, time, writer);
        _started = _reported = time.GetTimestamp();
        (_reportedState, _evaluation, Lines) = (state, state.Evaluation, state.LogLines);
        if (options.LogDirectory is { } folder)
        {
            _log = new MetricsLog(Path.Combine(folder, MetricsLog.FileName), state.LogLines);
            _events = new EventFile(folder, state.LogLines, time);
        }
    }

    public MetricSet Metrics { get; } = new();

    /// <summary>What is ill.</summary>
    public RunHealth Health { get; }

    /// <summary>The number of lines in the log.</summary>
    public long Lines { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    public void Episode(Episode episode, long environmentSteps)
    {
        Metrics.Add(MetricNames.TrainReturn, episode.Return);
        Metrics.Add(MetricNames.TrainLength, episode.RowCount - 1);
        Metrics.Add(MetricNames.TrainTerminal, episode.IsTerminal[^1] ? 1 : 0);
        _observer?.OnEpisode(episode, environmentSteps);
    }

    public void Evaluation(EvaluationResult result)
    {
        _evaluation = result;
        Write(
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
        var seconds = Math.Max(_time.GetElapsedTime(_reported).TotalSeconds, 1e-9);
        var rate = (state.Updates - _reportedState.Updates) / seconds;
        Metrics.Add(MetricNames.UpdatesPerSecond, rate);
        Metrics.Add(MetricNames.StepsPerSecond, (state.EnvironmentSteps - _reportedState.EnvironmentSteps) / seconds);
        Metrics.Add(MetricNames.LiveTensors, torch.Tensor.TotalCount);
        Metrics.Add(MetricNames.ResidentBytes, Environment.WorkingSet);
        var means = Metrics.Means();
        foreach (var notice in Health.Read(state.Updates, means))
        {
            _observer?.OnNotice(notice.Message);
        }
        Write(state.Updates, state.EnvironmentSteps, means);
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
        (_reported, _reportedState) = (_time.GetTimestamp(), state);
    }

    public void Dispose()
    {
        _writer.Drain();
        _log?.Dispose();
        _events?.Dispose();
    }

    private void Write(long updates, long environmentSteps, IReadOnlyList<KeyValuePair<string, double>> metrics)
    {
        if (_log is { } log && _events is { } events)
        {
            _writer.Add(() =>
            {
                log.Write(updates, environmentSteps, metrics);
                events.Write(environmentSteps, [new(MetricsLog.UpdateKey, updates), .. metrics]);
            });
        }
        Lines++;
    }
}
