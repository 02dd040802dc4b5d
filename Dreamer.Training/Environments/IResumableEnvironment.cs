namespace Dreamer.Training.Environments;

/// <summary>An environment whose state can be saved, so that a resumed run goes on in the middle of an episode, bit for bit.</summary>
/// <remarks>A run whose environment is not resumable starts a new episode when it is resumed.</remarks>
public interface IResumableEnvironment : IEnvironment
{
    /// <summary>Everything that the next rows depend on, the random generator included.</summary>
    byte[] SaveState();

    /// <summary>Goes on from a saved state.</summary>
    /// <param name="state">What <see cref="SaveState"/> of an environment of the same kind returned.</param>
    /// <exception cref="ArgumentException">The bytes are no such state.</exception>
    void LoadState(ReadOnlySpan<byte> state);
}
