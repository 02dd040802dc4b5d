using Dreamer.Inference.Episodes;

namespace Dreamer.Training.Telemetry;

/// <summary>Is told what happens in a run; every method may be left out.</summary>
/// <remarks>Called on the run's own thread, between two steps: what takes long here delays the run, what throws ends it.</remarks>
public interface ITrainingObserver
{
    /// <summary>A training episode ended.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="environmentSteps">Environment steps so far.</param>
    void OnEpisode(Episode episode, long environmentSteps)
    {
    }

    /// <summary>It is time for a report.</summary>
    /// <param name="progress">How far the run has come.</param>
    void OnProgress(TrainingProgress progress)
    {
    }

    /// <summary>An evaluation ended.</summary>
    /// <param name="result">What it found.</param>
    void OnEvaluation(EvaluationResult result)
    {
    }

    /// <summary>Something a reader of the log should know: a resumption, a checkpoint passed over.</summary>
    /// <param name="message">The message, one line.</param>
    void OnNotice(string message)
    {
    }
}
