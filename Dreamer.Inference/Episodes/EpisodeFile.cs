using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Dreamer.Inference.Episodes;

/// <summary>Episodes on disk, one <c>.npz</c> each, in the format of the reference (danijar/dreamerv2, common/replay.py).</summary>
/// <remarks>
/// Files are named <c>{yyyyMMddTHHmmss}-{id}-{steps}.npz</c> and hold <c>image</c> and <c>vector</c> if they were observed,
/// <c>action</c>, <c>reward</c>, <c>is_first</c>, <c>is_last</c> and <c>is_terminal</c>. Files of the first release, with a
/// <c>discount</c> instead of the flags, are read too. Thread-safe.
/// </remarks>
public static partial class EpisodeFile
{
    private const string Action = "action";
    private const string Reward = "reward";
    private const string IsFirst = "is_first";
    private const string IsLast = "is_last";
    private const string IsTerminal = "is_terminal";
    private const string Discount = "discount";
    private const string LogPrefix = "log_";

    private static readonly SearchValues<char> NotInFileNames = SearchValues.Create("/\\:*?\"<>|\0");

    private static readonly HashSet<string> Keys =
        [TensorNames.Image, TensorNames.Vector, Action, Reward, IsFirst, IsLast, IsTerminal, Discount];

    /// <summary>Writes an episode into a folder, under the reference's name.</summary>
    /// <param name="folder">The folder; created if it is missing.</param>
    /// <param name="episode">The episode.</param>
    /// <param name="recorded">When it was recorded, for the name.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="ArgumentException">The episode's id cannot be part of a file name.</exception>
    public static string Save(string folder, Episode episode, DateTimeOffset recorded)
    {
        ArgumentNullException.ThrowIfNull(episode);
        if (episode.Id.Length == 0 || episode.Id.AsSpan().ContainsAny(NotInFileNames))
        {
            throw new ArgumentException($"'{episode.Id}' cannot be part of a file name.", nameof(episode));
        }

        var stamp = recorded.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"{stamp}-{episode.Id}-{episode.RowCount - 1}.npz");
        NpzFile.Write(path, Arrays(episode));
        return path;
    }

    /// <summary>Reads an episode.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidEpisodeException">The file is missing or not an episode; the message names it, what was found and what is expected.</exception>
    public static Episode Read(string path) => Read(path, EpisodeParts.All);

    /// <summary>Reads parts of an episode. The arrays of other parts stay empty but are still checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parts">What is read besides rewards and flags.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static Episode Read(string path, EpisodeParts parts)
    {
        var arrays = NpzFile.Read(path, name => Use(name, parts));
        NpyArray Need(string key) => arrays.GetValueOrDefault(key) ?? throw new InvalidEpisodeException(
            $"'{path}' has no array '{key}'; it has {(arrays.Count == 0 ? "none of an episode" : string.Join(", ", arrays.Keys.Order()))}.");

        var rewards = Need(Reward).ToSingles();
        var rows = rewards.Length;
        if (rows == 0)
        {
            throw new InvalidEpisodeException($"'{path}' has no rows.");
        }
        foreach (var (name, array) in arrays)
        {
            var rank = name switch { TensorNames.Image => 4, TensorNames.Vector or Action => 2, _ => 1 };
            // The reference logs anything: only one number per row is read.
            if (name.StartsWith(LogPrefix, StringComparison.Ordinal))
            {
                continue;
            }
            if (array.Shape.Length != rank || array.Shape[0] != rows)
            {
                throw new InvalidEpisodeException(
                    $"Array '{name}' of '{path}' has the shape ({string.Join(", ", array.Shape)}); rank {rank} with {rows} rows, as '{Reward}' has, is expected.");
            }
        }

        var (image, vector) = (arrays.GetValueOrDefault(TensorNames.Image), arrays.GetValueOrDefault(TensorNames.Vector));
        if (image is not null && image.Type != NpyType.Byte)
        {
            throw new InvalidEpisodeException($"Array '{TensorNames.Image}' of '{path}' has elements of type {image.Type}; {NpyType.Byte} is expected.");
        }

        var action = Need(Action);
        var (isFirst, isLast, isTerminal) = Flags(arrays, Need, rows);
        return new Episode
        {
            Id = IdOf(path),
            ImageShape = image is null ? null : new ImageShape(image.Shape[1], image.Shape[2], image.Shape[3]),
            Images = image?.Data ?? [],
            VectorSize = vector?.RowSize ?? 0,
            Vectors = vector?.ToSingles() ?? [],
            ActionSize = action.RowSize,
            Actions = action.ToSingles(),
            Rewards = rewards,
            IsFirst = isFirst,
            IsLast = isLast,
            IsTerminal = isTerminal,
            Logs = arrays.Where(a => a.Key.StartsWith(LogPrefix, StringComparison.Ordinal) && a.Value.Shape is [var length] && length == rows)
                .ToDictionary(a => a.Key[LogPrefix.Length..], a => a.Value.ToSingles()),
        };
    }

    /// <summary>The id of the episode in a file: the middle of a name of the reference's form, else the whole name without its ending.</summary>
    public static string IdOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var match = NamePattern().Match(name);
        return match.Success ? match.Groups["id"].Value : name;
    }

    private static ArrayUse Use(string name, EpisodeParts parts)
    {
        ArrayUse DataIf(EpisodeParts part) => parts.HasFlag(part) ? ArrayUse.Data : ArrayUse.Shape;
        return name switch
        {
            TensorNames.Image => DataIf(EpisodeParts.Images),
            TensorNames.Vector => DataIf(EpisodeParts.Vectors),
            Action => DataIf(EpisodeParts.Actions),
            _ when Keys.Contains(name) => ArrayUse.Data,
            _ => parts.HasFlag(EpisodeParts.Logs) && name.StartsWith(LogPrefix, StringComparison.Ordinal) ? ArrayUse.Data : ArrayUse.None,
        };
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
        yield return (Action, NpyArray.From(episode.Actions, rows, episode.ActionSize));
        yield return (Reward, NpyArray.From(episode.Rewards, rows));
        yield return (IsFirst, NpyArray.From(episode.IsFirst, rows));
        yield return (IsLast, NpyArray.From(episode.IsLast, rows));
        yield return (IsTerminal, NpyArray.From(episode.IsTerminal, rows));
        foreach (var (name, log) in episode.Logs)
        {
            yield return (LogPrefix + name, NpyArray.From(log, rows));
        }
    }

    private static (bool[] IsFirst, bool[] IsLast, bool[] IsTerminal) Flags(
        Dictionary<string, NpyArray> arrays, Func<string, NpyArray> need, int rows)
    {
        if (arrays.ContainsKey(IsTerminal) || !arrays.TryGetValue(Discount, out var discount))
        {
            return (need(IsFirst).ToBooleans(), need(IsLast).ToBooleans(), need(IsTerminal).ToBooleans());
        }

        // The first release: whole episodes, with discount 0 if one is terminal.
        var (first, last) = (new bool[rows], new bool[rows]);
        (first[0], last[^1]) = (true, true);
        return (first, last, Array.ConvertAll(discount.ToSingles(), value => value == 0));
    }

    [GeneratedRegex(@"^\d{8}T\d{6}-(?<id>.+)-\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}
