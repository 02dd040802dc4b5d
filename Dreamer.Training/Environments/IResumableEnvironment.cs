namespace Dreamer.Training.Environments;

/// <summary>An environment whose state can be saved, so that a resumed run continues in the middle of an episode, bit for bit.</summary>
/// <remarks>Otherwise a resumed run starts a new episode.</remarks>
public interface IResumableEnvironment : IEnvironment
{
    /// <summary>Saves everything that the next rows depend on, including the random generator.</summary>
    byte[] SaveState();

    /// <summary>Restores a saved state.</summary>
    /// <param name="state">The result of <see cref="SaveState"/> of an environment of the same kind.</param>
    /// <exception cref="ArgumentException">The bytes are not a valid state.</exception>
    void LoadState(ReadOnlySpan<byte> state);
}
