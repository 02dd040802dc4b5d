namespace Dreamer.Inference.Serving;

/// <summary>A step that waits for its turn.</summary>
/// <param name="session">Whose step.</param>
/// <param name="input">What was validated.</param>
/// <param name="enqueued">When it came, as a timestamp of the clock.</param>
/// <param name="timeout">How long it may wait.</param>
/// <param name="cancellation">Takes it back.</param>
internal sealed class PendingStep(PooledSession session, StepInput input, long enqueued, TimeSpan timeout, CancellationToken cancellation)
{
    // Continuations of callers never run on a worker.
    private readonly TaskCompletionSource<AgentStep> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AgentStep? _answer;
    private Exception? _failure;

    internal Task<AgentStep> Task => _result.Task;

    internal AgentGeneration Generation => session.Generation;

    internal long Enqueued => enqueued;

    /// <summary>What ended it, once it is over.</summary>
    internal Exception? Failure => _failure;

    /// <summary>Whether its turn came too late, or it was taken back.</summary>
    internal bool IsOver(TimeSpan waited)
    {
        _failure = cancellation.IsCancellationRequested ? new OperationCanceledException(cancellation)
            : waited > timeout ? new AgentDeadlineException("The step's turn", timeout)
            : null;
        return _failure is not null;
    }

    /// <summary>Writes its row. What the caller's memory throws is this step's alone: the row holds anything then, and nobody reads it.</summary>
    internal void Write(BatchedStep step, int row)
    {
        try
        {
            session.Episode.Write(step, row, input);
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    /// <summary>Reads its row.</summary>
    internal void Read(BatchedStep step, int row, AgentOutputs outputs)
    {
        try
        {
            _answer = _failure is null ? session.Episode.Read(step, row, outputs) : null;
        }
        catch (NonFiniteOutputException e)
        {
            _failure = e;
        }
    }

    /// <summary>Gives it up, as the batch that it was in failed.</summary>
    internal void Fail(Exception failure) => _failure ??= failure;

    /// <summary>Answers. The session is free before its caller hears of it: the next call may come at once.</summary>
    internal void Complete()
    {
        session.Leave();
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
