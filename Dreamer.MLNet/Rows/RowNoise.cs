using Dreamer.Inference;

namespace Dreamer.MLNet.Rows;

/// <summary>The noise of one row.</summary>
/// <param name="Episode">That of its episode.</param>
/// <param name="Step">The row's number in it.</param>
internal readonly record struct RowNoise(EpisodeNoise Episode, long Step)
{
    /// <summary>Fills a graph's noise input.</summary>
    /// <param name="destination">Receives uniform numbers in (0, 1).</param>
    /// <param name="stream">Their purpose.</param>
    /// <param name="branch">The number of the draw at the row.</param>
    internal void Fill(Span<float> destination, NoiseStream stream, int branch = 0) => Episode.Fill(destination, Step, stream, branch);
}
