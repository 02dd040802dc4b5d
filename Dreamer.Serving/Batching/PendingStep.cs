using Dreamer.Inference;
using Dreamer.Inference.Stepping;

namespace Dreamer.Serving;

/// <summary>A step in the queue.</summary>
/// <param name="generation">The agent that it runs on.</param>
/// <param name="episode">The episode that it advances.</param>
/// <param name="release">Releases the session before the caller is answered.</param>
/// <param name="input">The validated input.</param>
/// <param name="enqueued">When it was queued, as a timestamp of the clock.</param>
/// <param name="timeout">The longest wait.</param>
/// <param name="cancellation">Cancels it.</param>
internal sealed class PendingStep(
    AgentGeneration generation, LiveEpisode episode, Action release, StepInput input, long enqueued, TimeSpan timeout, CancellationToken cancellation)
{
    // Continuations of callers never run on a worker.
    private readonly TaskCompletionSource<AgentStep> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AgentStep? _answer;
    private Exception? _failure;

    internal Task<AgentStep> Task => _result.Task;

    internal AgentGeneration Generation => generation;

    internal long Enqueued => enqueued;

    /// <summary>The exception that ended it, if any.</summary>
    internal Exception? Failure => _failure;

    /// <summary>Whether its turn came too late, or it was cancelled.</summary>
    internal bool IsOver(TimeSpan waited)
    {
        _failure = cancellation.IsCancellationRequested ? new OperationCanceledException(cancellation)
            : waited > timeout ? new AgentDeadlineException("The step's turn", timeout)
            : null;
        return _failure is not null;
    }

    /// <summary>Writes its row. If reading the caller's memory throws, only this step fails: nobody reads its row.</summary>
    internal void Write(StepGraphs graphs, int row)
    {
        try
        {
            var observation = new AgentObservation(input.Image.Span, input.Vector.Span);
            if (input.ExecutedAction is { } executed)
            {
                episode.Write(graphs, row, observation, executed);
            }
            else
            {
                episode.Write(graphs, row, observation, input.ExecutedActionValues.Span);
            }
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    /// <summary>Commits its row to the episode.</summary>
    internal void Commit(StepGraphs graphs, int row)
    {
        if (_failure is not null)
        {
            return;
        }
        try
        {
            episode.Guard(graphs, row);
            episode.Commit(graphs, row);
            _answer = AgentStep.FromEpisode(episode);
        }
        catch (NonFiniteOutputException e)
        {
            _failure = e;
        }
    }

    /// <summary>Fails it because its batch failed.</summary>
    internal void Fail(Exception failure) => _failure ??= failure;

    /// <summary>Answers the caller. The session is released first, because the next call may come at once.</summary>
    internal void Complete()
    {
        release();
        if (_failure is OperationCanceledException)
        {
            _result.TrySetCanceled(cancellation);
        }
        else if (_failure is not null)
        {
            _result.TrySetException(_failure);
        }
        else
        {
            _result.TrySetResult(_answer!);
        }
    }
}
