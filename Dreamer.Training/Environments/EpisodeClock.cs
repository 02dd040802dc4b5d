using System.Buffers.Binary;
using Dreamer.Training.Randomness;

namespace Dreamer.Training.Environments;

/// <summary>The common state of tasks with a time limit: whether an episode runs, its steps, and the random generator.</summary>
internal sealed class EpisodeClock
{
    /// <summary>Bytes in <see cref="SaveState"/>.</summary>
    public const int StateSize = sizeof(int) + 1 + SeededRandom.StateSize;

    private readonly int _maxSteps;
    private int _steps;
    private bool _running;

    /// <param name="seed">Determines the randomness.</param>
    /// <param name="maxSteps">The steps after which an episode is truncated.</param>
    public EpisodeClock(ulong seed, int maxSteps) => (Random, _maxSteps) = (new SeededRandom(seed), maxSteps);

    public SeededRandom Random { get; }

    /// <returns>The first row, without its observation.</returns>
    public EnvironmentStep Start()
    {
        (_steps, _running) = (0, true);
        return new EnvironmentStep { IsFirst = true };
    }

    /// <exception cref="InvalidOperationException">No episode runs.</exception>
    public void RequireRunning()
    {
        if (!_running)
        {
            throw new InvalidOperationException("No episode is running: call Reset first.");
        }
    }

    /// <summary>Counts a step.</summary>
    /// <param name="reward">What it earned.</param>
    /// <param name="isTerminal">Whether the task ended.</param>
    /// <returns>The row, without its observation; at the time limit it is last but not terminal.</returns>
    public EnvironmentStep Advance(double reward, bool isTerminal)
    {
        _steps++;
        _running = !isTerminal && _steps < _maxSteps;
        return new EnvironmentStep { Reward = (float)reward, IsLast = !_running, IsTerminal = isTerminal };
    }

    public byte[] SaveState()
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _steps);
        return [.. bytes, _running ? (byte)1 : (byte)0, .. Random.SaveState()];
    }

    /// <returns>Whether the bytes are a valid state; if not, nothing changes.</returns>
    public bool TryLoadState(ReadOnlySpan<byte> state)
    {
        if (state.Length != StateSize)
        {
            return false;
        }
        var (steps, running) = (BinaryPrimitives.ReadInt32LittleEndian(state), state[sizeof(int)]);
        var random = state[(sizeof(int) + 1)..];
        if (steps < 0 || steps > _maxSteps || running > 1 || (running == 1 && steps == _maxSteps) || !random.ContainsAnyExcept((byte)0))
        {
            return false;
        }
        Random.LoadState(random);
        (_steps, _running) = (steps, running == 1);
        return true;
    }
}
