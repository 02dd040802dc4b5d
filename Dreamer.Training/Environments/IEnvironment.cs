namespace Dreamer.Training.Environments;

/// <summary>A task: shows observations, takes actions, gives rewards.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Row</term><description>What it says</description></listheader>
/// <item><term>first (<see cref="Reset"/>)</term><description><see cref="EnvironmentStep.IsFirst"/>, reward 0</description></item>
/// <item><term>mid</term><description>no flag; the reward is the one that the action led to</description></item>
/// <item><term>last, terminal</term><description>the task ended the episode: nothing can follow</description></item>
/// <item><term>last, not terminal</term><description>a time limit cut the episode: the future still has a value</description></item>
/// </list>
/// Randomness comes from a seed that the constructor takes: two environments of one seed answer the same actions alike.
/// After a last row only <see cref="Reset"/> may be called. An environment is used by one thread at a time, not always by the same.
/// An action that is refused changes nothing. <see cref="EnvironmentConformance"/> checks all of this.
/// </remarks>
public interface IEnvironment
{
    /// <summary>What <see cref="EnvironmentStep"/> shows.</summary>
    ObservationSpace ObservationSpace { get; }

    /// <summary>What <see cref="Step"/> takes.</summary>
    ActionSpace ActionSpace { get; }

    /// <summary>Starts an episode; allowed at any time.</summary>
    /// <returns>The first row.</returns>
    EnvironmentStep Reset();

    /// <summary>Does one action.</summary>
    /// <param name="action"><see cref="ActionSpace.Size"/> numbers: one-hot where the space is discrete.</param>
    /// <returns>The row that the action led to.</returns>
    /// <exception cref="ArgumentException">The action is not one of the space.</exception>
    /// <exception cref="InvalidOperationException">No episode runs: <see cref="Reset"/> comes first.</exception>
    EnvironmentStep Step(ReadOnlySpan<float> action);
}
