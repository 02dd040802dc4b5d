using Dreamer.Training.Tracing;

namespace Dreamer.Training.Networks;

/// <summary>Converts bytes to the numbers that networks see, and back: byte / 255 - 0.5.</summary>
internal static class Pixels
{
    /// <summary>Numbers in [-0.5, 0.5] from bytes; also the target of the decoder's loss.</summary>
    /// <param name="image">Bytes, in any shape.</param>
    /// <returns>Single-precision numbers in the same shape.</returns>
    public static Traced Normalize(Traced image) => image.ToFloat32() * (1 / 255f) - 0.5f;

    /// <summary>The bytes nearest to a decoder's output, which is not bounded.</summary>
    /// <param name="mean">Numbers about [-0.5, 0.5], in any shape.</param>
    /// <returns>Bytes in the same shape.</returns>
    public static Traced ToBytes(Traced mean) => ((mean + 0.5f) * 255).Round().Clamp(0, 255).ToUInt8();
}
