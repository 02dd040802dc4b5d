namespace Dreamer.Training.Environments;

/// <summary>A task that takes actions and returns observations and rewards.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Row</term><description>Meaning</description></listheader>
/// <item><term>first (<see cref="Reset"/>)</term><description><see cref="EnvironmentStep.IsFirst"/>, reward 0</description></item>
/// <item><term>mid</term><description>no flag; the reward of the action</description></item>
/// <item><term>last, terminal</term><description>the task ended the episode: there is no future value</description></item>
/// <item><term>last, not terminal</term><description>a time limit cut the episode: the future still has a value</description></item>
/// </list>
/// The constructor takes the seed of all randomness: two environments with the same seed respond to the same actions alike.
/// After a last row only <see cref="Reset"/> may be called. An environment is used by one thread at a time, but not always the same one.
/// A rejected action changes nothing. <see cref="EnvironmentConformance"/> checks all of this.
/// </remarks>
public interface IEnvironment
{
    /// <summary>The observations of <see cref="EnvironmentStep"/>.</summary>
    ObservationSpace ObservationSpace { get; }

    /// <summary>The actions of <see cref="Step"/>.</summary>
    ActionSpace ActionSpace { get; }

    /// <summary>Starts an episode; allowed at any time.</summary>
    /// <returns>The first row.</returns>
    EnvironmentStep Reset();

    /// <summary>Takes one action.</summary>
    /// <param name="action"><see cref="ActionSpace.Size"/> numbers, one-hot in a discrete space.</param>
    /// <returns>The row that the action led to.</returns>
    /// <exception cref="ArgumentException">The action is not in the action space.</exception>
    /// <exception cref="InvalidOperationException">No episode is running: call <see cref="Reset"/> first.</exception>
    EnvironmentStep Step(ReadOnlySpan<float> action);
}
