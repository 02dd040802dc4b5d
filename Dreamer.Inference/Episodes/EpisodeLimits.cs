namespace Dreamer.Inference.Episodes;

/// <summary>The size that every writer and reader of episodes keeps to.</summary>
internal static class EpisodeLimits
{
    /// <summary>The most bytes of arrays in an episode. A file that claims more is a zip bomb, not a recording.</summary>
    internal const long LargestEpisode = 1L << 30;

    /// <summary>Bytes of a row besides its observation, action and logs: the reward and three flags.</summary>
    internal const int FixedBytesPerRow = sizeof(float) + 3;

    /// <summary>The most headers an archive of arrays can have; left free by writers.</summary>
    private const long Reserve = 1 << 20;

    /// <summary>Bytes of a row.</summary>
    internal static long BytesPerRow(long imageSize, long vectorSize, long actionSize, long logs = 0) =>
        imageSize + sizeof(float) * (vectorSize + actionSize + logs) + FixedBytesPerRow;

    /// <summary>Whether an episode of that many bytes of arrays can be written and read back.</summary>
    internal static bool Allows(long bytes) => bytes <= LargestEpisode - Reserve;
}
