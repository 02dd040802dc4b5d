using Dreamer.Cli.Animation;
using Dreamer.Inference.IO;

namespace Dreamer.Cli.Reporting;

/// <summary>Writes the per-action picture of many rows as an animated PNG.</summary>
internal static class PerActionFilm
{
    /// <summary>Writes the film.</summary>
    /// <param name="path">The file, an animated PNG.</param>
    /// <param name="frames">The available rows.</param>
    /// <param name="rows">The rows to show, or null for the first episode.</param>
    /// <param name="frameTime">How long each row is shown.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>The number of rows shown.</returns>
    /// <exception cref="ArgumentException">There are no rows, or a requested row does not exist.</exception>
    internal static int Write(string path, IReadOnlyList<PerActionFrame> frames, RowRange? rows, TimeSpan frameTime, CancellationToken cancellationToken)
    {
        var shown = rows is { } range ? range.Select(frames) : frames.TakeWhile(frame => frame.Episode == frames[0].Episode);
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
