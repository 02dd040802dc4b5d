using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Dreamer.Inference.Episodes;

/// <summary>Episodes on disk, one <c>.npz</c> each, in the format of the reference (danijar/dreamerv2, common/replay.py).</summary>
/// <remarks>
/// Files are named <c>{yyyyMMddTHHmmss}-{id}-{steps}.npz</c> and hold <c>image</c> and <c>vector</c> if they were observed, <c>action</c>,
/// <c>reward</c>, <c>is_first</c>, <c>is_last</c> and <c>is_terminal</c>. Files of the first release, with a <c>discount</c> instead of the
/// flags, are read too, and so is what other tools write if it has one reading: <c>reset</c> for first rows; <c>terminal</c>,
/// <c>terminated</c>, <c>truncated</c> and <c>done</c> for ends; no <c>is_last</c>; images without channels or of booleans; integer actions if
/// their number is given. Thread-safe.
/// </remarks>
public static partial class EpisodeFile
{
    private static readonly SearchValues<char> NotInFileNames = SearchValues.Create("/\\:*?\"<>|\0");

    /// <summary>Writes an episode into a folder, under the reference's name.</summary>
    /// <param name="folder">The folder; created if it is missing.</param>
    /// <param name="episode">The episode.</param>
    /// <param name="recorded">When it was recorded, for the name.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="ArgumentException">The episode's id cannot be part of a file name, or the episode is larger than the 1 GiB that readers accept.</exception>
    public static string Save(string folder, Episode episode, DateTimeOffset recorded)
    {
        ArgumentNullException.ThrowIfNull(episode);
        if (episode.Id.Length == 0 || episode.Id.AsSpan().ContainsAny(NotInFileNames))
        {
            throw new ArgumentException($"'{episode.Id}' cannot be part of a file name.", nameof(episode));
        }
        RequireSize(episode);
        var stamp = recorded.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"{stamp}-{episode.Id}-{episode.RowCount - 1}.npz");
        NpzFile.Write(path, Arrays(episode));
        return path;
    }

    /// <summary>Writes an episode to a stream, in the format of the files.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="episode">The episode.</param>
    /// <exception cref="ArgumentException">The episode is larger than the 1 GiB that readers accept.</exception>
    public static void Write(Stream stream, Episode episode)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(episode);
        RequireSize(episode);
        NpzFile.Write(stream, Arrays(episode));
    }

    /// <summary>Reads an episode.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidEpisodeException">The file is missing or not an episode; the message names it, what was found and what is expected.</exception>
    public static Episode Read(string path) => Read(path, EpisodeParts.All);

    /// <summary>Reads parts of an episode. The arrays of other parts stay empty but are still checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parts">What is read besides rewards and flags.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static Episode Read(string path, EpisodeParts parts) => Read(path, new EpisodeReadOptions(), parts);

    /// <summary>Reads an episode that another tool may have recorded.</summary>
    /// <param name="path">The file. It may hold several episodes, one after the other, each starting with <see cref="Episode.IsFirst"/>.</param>
    /// <param name="options">What the file cannot tell.</param>
    /// <param name="parts">What is read besides rewards and flags.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static Episode Read(string path, EpisodeReadOptions options, EpisodeParts parts = EpisodeParts.All)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Timed(IdOf(path), path, NpzFile.Read(path, name => EpisodeKeys.Use(name, parts)), options);
    }

    /// <summary>Reads an episode from a stream that <see cref="Write"/> wrote.</summary>
    /// <param name="stream">The stream, seekable.</param>
    /// <param name="id">Names the episode.</param>
    /// <exception cref="InvalidEpisodeException">It does not hold an episode.</exception>
    public static Episode Read(Stream stream, string id)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Timed(id, id, NpzFile.Read(stream, id, name => EpisodeKeys.Use(name, EpisodeParts.All)), new EpisodeReadOptions());
    }

    /// <summary>The id of the episode in a file: the middle of a name of the reference's form, else the whole name without its ending.</summary>
    public static string IdOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var match = NamePattern().Match(name);
        return match.Success ? match.Groups["id"].Value : name;
    }

    /// <summary>Reads the rows of a file as they are recorded.</summary>
    internal static RecordedTable ReadTable(string path, EpisodeReadOptions options, EpisodeParts parts) =>
        Table(IdOf(path), path, NpzFile.Read(path, name => EpisodeKeys.Use(name, parts)), options, out _);

    private static RecordedTable Table(string id, string path, NpzContent content, EpisodeReadOptions options, out StepTiming timing)
    {
        // A chunk of DreamerV3 has the action taken at a row, and the reward of arriving at it.
        var timed = content.Arrays.ContainsKey(EpisodeKeys.StepId)
            ? options with { ActionTiming = RecordedTiming.TakenHere, RewardTiming = RecordedTiming.LedHere } : options;
        timing = new StepTiming(timed.ActionTiming, timed.RewardTiming);
        return new EpisodeReader(path, content, timed).Read(id);
    }

    private static Episode Timed(string id, string path, NpzContent content, EpisodeReadOptions options)
    {
        var table = Table(id, path, content, options, out var timing);
        return timing.Apply(table);
    }

    private static void RequireSize(Episode episode)
    {
        var bytes = episode.RowCount * EpisodeLimits.BytesPerRow(episode.ImageShape?.Size ?? 0, episode.VectorSize, episode.ActionSize, episode.Logs.Count);
        if (!EpisodeLimits.Allows(bytes))
        {
            throw new ArgumentException(
                $"Episode '{episode.Id}' has {episode.RowCount} rows, {bytes} bytes; at most {EpisodeLimits.LargestEpisode} can be read back. Split it.", nameof(episode));
        }
    }

    private static IEnumerable<(string Name, NpyArray Array)> Arrays(Episode episode)
    {
        var rows = episode.RowCount;
        if (episode.ImageShape is { } image)
        {
            yield return (TensorNames.Image, NpyArray.From(episode.Images, rows, image.Height, image.Width, image.Channels));
        }
        if (episode.VectorSize > 0)
        {
            yield return (TensorNames.Vector, NpyArray.From(episode.Vectors, rows, episode.VectorSize));
        }
        yield return (EpisodeKeys.Action, NpyArray.From(episode.Actions, rows, episode.ActionSize));
        yield return (EpisodeKeys.Reward, NpyArray.From(episode.Rewards, rows));
        yield return (EpisodeKeys.IsFirst, NpyArray.From(episode.IsFirst, rows));
        yield return (EpisodeKeys.IsLast, NpyArray.From(episode.IsLast, rows));
        yield return (EpisodeKeys.IsTerminal, NpyArray.From(episode.IsTerminal, rows));
        foreach (var (name, log) in episode.Logs)
        {
            yield return (EpisodeKeys.LogPrefix + name, NpyArray.From(log, rows));
        }
    }

    [GeneratedRegex(@"^\d{8}T\d{6}-(?<id>.+)-\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}
