using Dreamer.Cli.Animation;
using Dreamer.Inference.IO;

namespace Dreamer.Cli.Reporting;

/// <summary>The per-action picture, row after row, as an animated file.</summary>
internal static class PerActionFilm
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The file, an animated PNG.</param>
    /// <param name="frames">The rows there are.</param>
    /// <param name="rows">Which of them, or null for those of the first episode.</param>
    /// <param name="frameTime">How long a row is shown.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>How many rows it shows.</returns>
    /// <exception cref="ArgumentException">There are no rows, or not all that were asked for.</exception>
    internal static int Write(string path, IReadOnlyList<PerActionFrame> frames, RowRange? rows, TimeSpan frameTime, CancellationToken cancellationToken)
    {
        var shown = rows is { } range ? range.Of(frames) : frames.TakeWhile(frame => frame.Episode == frames[0].Episode);
        var film = new AnimatedPng(frameTime);
        foreach (var frame in shown)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var picture = PerActionPicture.Draw(frame);
            film.Add(picture);
        }
        AtomicFile.Write(path, film.Write);
        return film.Count;
    }
}
