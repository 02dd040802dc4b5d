using System.Buffers.Binary;
using System.Numerics;

namespace Dreamer.Training.Randomness;

/// <summary>A random generator with a 32-byte state that can be saved and restored, equal on every platform.</summary>
/// <remarks>
/// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), seeded through SplitMix64.
/// Not thread-safe.
/// </remarks>
public sealed class SeededRandom
{
    /// <summary>Bytes in <see cref="SaveState"/>.</summary>
    public const int StateSize = 4 * sizeof(ulong);

    private readonly ulong[] _state = new ulong[4];

    /// <summary>Starts the sequence of a seed.</summary>
    /// <param name="seed">Any number; equal seeds give equal sequences.</param>
    public SeededRandom(ulong seed)
    {
        for (var i = 0; i < _state.Length; i++)
        {
            seed += 0x9E3779B97F4A7C15;
            var z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            _state[i] = z ^ (z >> 31);
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_state[1] * 5, 7) * 9;
        var shifted = _state[1] << 17;
        _state[2] ^= _state[0];
        _state[3] ^= _state[1];
        _state[1] ^= _state[2];
        _state[0] ^= _state[3];
        _state[2] ^= shifted;
        _state[3] = BitOperations.RotateLeft(_state[3], 45);
        return result;
    }

    /// <summary>A number from 0 to <paramref name="count"/> - 1, uniformly.</summary>
    /// <param name="count">The number of values; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public int Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // The high half of the product is the number; a few low halves are rejected to keep it uniform.
        var unfair = (ulong)-count % (ulong)count;
        while (true)
        {
            var high = Math.BigMul(NextUInt64(), (ulong)count, out var low);
            if (low >= unfair)
            {
                return (int)high;
            }
        }
    }

    /// <summary>A number in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The state for <see cref="LoadState"/>.</summary>
    public byte[] SaveState()
    {
        var bytes = new byte[StateSize];
        for (var i = 0; i < _state.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), _state[i]);
        }
        return bytes;
    }

    /// <summary>Restores the state of <see cref="SaveState"/>.</summary>
    /// <param name="state">The saved bytes.</param>
    /// <exception cref="ArgumentException">There are not exactly <see cref="StateSize"/> bytes, or all are zero.</exception>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        if (state.Length != StateSize || !state.ContainsAnyExcept((byte)0))
        {
            throw new ArgumentException($"A generator's state must be {StateSize} bytes, not all zero; got {state.Length}.", nameof(state));
        }
        for (var i = 0; i < _state.Length; i++)
        {
            _state[i] = BinaryPrimitives.ReadUInt64LittleEndian(state[(i * sizeof(ulong))..]);
        }
    }
}
