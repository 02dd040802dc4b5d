using Dreamer.Inference.Episodes;

namespace Dreamer.Training.Telemetry;

/// <summary>Receives the events of a run; every method is optional.</summary>
/// <remarks>Called on the run's thread between two steps: a slow method delays the run, an exception ends it.</remarks>
public interface ITrainingObserver
{
    /// <summary>A training episode ended.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="environmentSteps">Environment steps so far.</param>
    void OnEpisode(Episode episode, long environmentSteps)
    {
    }

    /// <summary>Progress is reported.</summary>
    /// <param name="progress">The progress of the run.</param>
    void OnProgress(TrainingProgress progress)
    {
    }

    /// <summary>An evaluation ended.</summary>
    /// <param name="result">Its result.</param>
    void OnEvaluation(EvaluationResult result)
    {
    }

    /// <summary>A message for the log: a resumption, a skipped checkpoint.</summary>
    /// <param name="message">The message, one line.</param>
    void OnNotice(string message)
    {
    }
}
