using Dreamer.Training.Environments;

namespace Dreamer.Training.Runs;

/// <summary>Calls one environment on a thread of its own, so that a call that hangs stops neither a deadline nor Ctrl+C.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class EnvironmentWorker : IDisposable
{
    /// <summary>How long a call may take after the run was stopped.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly EnvironmentDeadline _deadline;
    private readonly bool _owned;
    private readonly WorkThread _thread = new("Dreamer environment", capacity: 1);

    /// <param name="environment">The environment.</param>
    /// <param name="deadline">How long a call may take.</param>
    /// <param name="owned">Whether to dispose the environment.</param>
    public EnvironmentWorker(IEnvironment environment, EnvironmentDeadline deadline, bool owned) => (Environment, _deadline, _owned) = (environment, deadline, owned);

    /// <summary>The environment; it may not be called while <see cref="IsLost"/>.</summary>
    public IEnvironment Environment { get; }

    /// <summary>Whether a call never came back, so that its thread still holds the environment.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Starts an episode.</summary>
    /// <exception cref="InvalidEnvironmentException">The row breaks the contract.</exception>
    /// <exception cref="EnvironmentFailedException">The environment threw, or did not answer in time.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped while the environment did not answer.</exception>
    public EnvironmentStep Reset(string episode) =>
        EnvironmentRules.Checked(Environment, Wait(() => EnvironmentCalls.Reset(Environment, episode), episode, row: 0), row: 0, episode);

    /// <summary>Takes an action.</summary>
    /// <inheritdoc cref="Reset" path="/exception"/>
    public EnvironmentStep Step(float[] action, long row, string episode) =>
        EnvironmentRules.Checked(Environment, Wait(() => EnvironmentCalls.Step(Environment, action, episode, row), episode, row), row, episode);

    /// <summary>Ends the thread and disposes an owned environment; one that is lost stays with its thread.</summary>
    public void Dispose()
    {
        if (IsLost)
        {
            return;
        }
        _thread.Dispose();
        if (_owned)
        {
            (Environment as IDisposable)?.Dispose();
        }
    }

    private EnvironmentStep Wait(Func<EnvironmentStep> call, string episode, long row)
    {
        var task = _thread.Add(call);
        var answered = false;
        try
        {
            answered = task.Wait(_deadline.Milliseconds, _deadline.Cancellation);
        }
        catch (OperationCanceledException)
        {
            answered = ((IAsyncResult)task).AsyncWaitHandle.WaitOne(Grace);
            if (!answered)
            {
                IsLost = true;
                throw;
            }
        }
        catch (AggregateException)
        {
            // The task's own exception, which is thrown below.
            answered = true;
        }
        if (answered)
        {
            return task.GetAwaiter().GetResult();
        }
        IsLost = true;
        throw new EnvironmentFailedException(
            $"The environment {EnvironmentCalls.Name(Environment)} did not answer within {_deadline.Timeout} ({nameof(DreamerOptions.EnvironmentTimeout)}) at row {row} of episode '{episode}'.");
    }
}
