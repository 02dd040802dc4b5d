using System.Runtime.ExceptionServices;

namespace Dreamer.Training.Environments;

/// <summary>Calls an environment, so that whatever it throws names the environment, the episode and the row.</summary>
internal static class EnvironmentCalls
{
    /// <summary>Starts an episode.</summary>
    /// <exception cref="EnvironmentFailedException">The environment threw.</exception>
    internal static EnvironmentStep Reset(IEnvironment environment, string episode) =>
        Call(environment, () => environment.Reset(), episode, row: 0);

    /// <summary>Takes an action.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="action">The action.</param>
    /// <param name="episode">The episode's id.</param>
    /// <param name="row">The number of the row that the action leads to.</param>
    /// <exception cref="EnvironmentFailedException">The environment threw.</exception>
    internal static EnvironmentStep Step(IEnvironment environment, float[] action, string episode, long row) =>
        Call(environment, () => environment.Step(action), episode, row);

    /// <summary>The exception for what an environment threw.</summary>
    internal static Exception Failure(IEnvironment environment, Exception cause, string episode, long row) => cause is InvalidEnvironmentException or EnvironmentFailedException
        ? cause
        : new EnvironmentFailedException(
            $"The environment {Name(environment)} failed at row {row} of episode '{episode}': {cause.GetType().Name}: {cause.Message}", cause);

    /// <summary>How messages name an environment.</summary>
    internal static string Name(IEnvironment environment) => $"'{environment.GetType().FullName}'";

#pragma warning disable CA1031 // A simulator may throw anything; it is wrapped and thrown again.
    private static EnvironmentStep Call(IEnvironment environment, Func<EnvironmentStep> call, string episode, long row)
    {
        try
        {
            return call();
        }
        catch (Exception e)
        {
            var failure = Failure(environment, e, episode, row);
            if (ReferenceEquals(failure, e))
            {
                ExceptionDispatchInfo.Throw(e);
            }
            throw failure;
        }
    }
#pragma warning restore CA1031
}
