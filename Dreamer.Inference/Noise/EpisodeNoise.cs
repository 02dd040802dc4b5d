using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using Dreamer.Inference.Noise;

namespace Dreamer.Inference;

/// <summary>
/// The uniform noise of one episode, as the graphs take it: a function of only seed, episode id, step and stream, never of
/// row position, batch or shard, so that a recorded episode scored again sees what the live session saw.
/// </summary>
/// <remarks>
/// u = (k + 0.5) / 2^23 with k the upper 23 bits of a word of Philox4x32-10: always strictly inside (0, 1) and exact in single
/// precision. The key is the first 8 bytes of SHA-256 over the seed (little-endian) and the id (UTF-8). Immutable, thread-safe.
/// </remarks>
public readonly struct EpisodeNoise : IEquatable<EpisodeNoise>
{
    /// <summary>The input that gives the mode of a categorical and the mean of a Gaussian instead of a sample.</summary>
    public const float Mode = 0.5f;

    private const int WordsInBlock = 4;
    private const float Half = 0.5f;
    private const float Step = 1f / (1 << 23);

    private readonly ulong _key;

    /// <summary>The noise of one episode under a seed.</summary>
    /// <param name="seed">The run's or session's seed.</param>
    /// <param name="episodeId">Names the episode; the same id with the same seed gives the same noise.</param>
    public EpisodeNoise(ulong seed, ReadOnlySpan<char> episodeId)
    {
        var length = sizeof(ulong) + Encoding.UTF8.GetByteCount(episodeId);
        var message = length <= 512 ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteUInt64LittleEndian(message, seed);
        Encoding.UTF8.GetBytes(episodeId, message[sizeof(ulong)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        _key = BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>Whether two values are the same noise.</summary>
    public static bool operator ==(EpisodeNoise left, EpisodeNoise right) => left.Equals(right);

    /// <summary>Whether two values are different noise.</summary>
    public static bool operator !=(EpisodeNoise left, EpisodeNoise right) => !left.Equals(right);

    /// <summary>Fills a graph's noise input for one step.</summary>
    /// <param name="destination">Receives uniform numbers in (0, 1).</param>
    /// <param name="step">The row's number in its episode, 0 at the row that is first.</param>
    /// <param name="stream">The purpose of the numbers.</param>
    /// <param name="branch">Which of several draws at the same step: an imagined step, a sample; 0 to 2^24 - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> or <paramref name="branch"/> is out of range.</exception>
    public void Fill(Span<float> destination, long step, NoiseStream stream, int branch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfNegative(branch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(branch, 1 << 24);
        var (low, high, draw) = ((uint)step, (uint)(step >> 32), ((uint)branch << 8) | (uint)stream);
        var (at, block) = (0, 0u);
        for (; Avx2.IsSupported && at + (4 * WordsInBlock) <= destination.Length; at += 4 * WordsInBlock, block += 4)
        {
            var (first, second) = Philox4x32.FourBlocks(block, low, high, draw, _key);
            Uniform(first).CopyTo(destination[at..]);
            Uniform(second).CopyTo(destination[(at + Vector256<uint>.Count)..]);
        }
        for (; at < destination.Length; at += WordsInBlock, block++)
        {
            var (x0, x1, x2, x3) = Philox4x32.Block(block, low, high, draw, _key);
            var rest = destination[at..];
            rest[0] = Uniform(x0);
            if (rest.Length > 1)
            {
                rest[1] = Uniform(x1);
            }
            if (rest.Length > 2)
            {
                rest[2] = Uniform(x2);
            }
            if (rest.Length > 3)
            {
                rest[3] = Uniform(x3);
            }
        }
    }

    /// <summary>Fills a graph's noise input with noise, or with <see cref="Mode"/>.</summary>
    internal void FillOrMode(Span<float> destination, long step, NoiseStream stream, bool sampled)
    {
        if (sampled)
        {
            Fill(destination, step, stream);
        }
        else
        {
            destination.Fill(Mode);
        }
    }

    /// <inheritdoc/>
    public bool Equals(EpisodeNoise other) => _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EpisodeNoise other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode();

    private static float Uniform(uint word) => ((word >> 9) + Half) * Step;

    private static Vector256<float> Uniform(Vector256<uint> words) =>
        (Vector256.ConvertToSingle((words >> 9).AsInt32()) + Vector256.Create(Half)) * Vector256.Create(Step);
}
