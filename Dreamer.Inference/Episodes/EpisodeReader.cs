namespace Dreamer.Inference.Episodes;

/// <summary>Reads the arrays of one recording, as the reference or another tool wrote them.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="content">Its arrays.</param>
/// <param name="options">What the file cannot tell.</param>
internal sealed class EpisodeReader(string path, NpzContent content, EpisodeReadOptions options)
{
    private readonly List<string> _notes = [];

    /// <summary>The rows, as recorded.</summary>
    /// <param name="id">Names the episode.</param>
    /// <exception cref="InvalidEpisodeException">An array is missing, has another shape or type, or has more than one reading; the message names the cure.</exception>
    internal RecordedTable Read(string id)
    {
        var rewards = Need(EpisodeKeys.Reward).ToSingles();
        var rows = rewards.Length;
        if (rows == 0)
        {
            throw new InvalidEpisodeException($"'{path}' has no rows.");
        }
        _ = Need(EpisodeKeys.Action);
        RequireRows(rows);
        var flags = EpisodeFlags.Read(rows, content, path);
        NoteOthers();
        var (shape, images) = Images();
        var vector = content.Arrays.GetValueOrDefault(TensorNames.Vector);
        var (actionSize, actions) = Actions(flags);
        return new RecordedTable
        {
            Id = id,
            ImageShape = shape,
            Images = images,
            VectorSize = vector?.RowSize ?? 0,
            Vectors = vector?.ToSingles() ?? [],
            ActionSize = actionSize,
            Actions = actions,
            Rewards = rewards,
            IsFirst = flags.First,
            IsLast = flags.Last,
            IsTerminal = flags.Terminal,
            EndsBelongToSteps = flags.EndsBelongToSteps,
            Logs = content.Arrays
                .Where(array => array.Key.StartsWith(EpisodeKeys.LogPrefix, StringComparison.Ordinal) && array.Value.Shape is [var length] && length == rows)
                .ToDictionary(array => array.Key[EpisodeKeys.LogPrefix.Length..], array => array.Value.ToSingles()),
            Notes = _notes,
        };
    }

    private NpyArray Need(string name) => content.Arrays.GetValueOrDefault(name) ?? throw new InvalidEpisodeException(
        $"'{path}' has no array '{name}'; it has {content.Names}.{(Folder(name) is { } found ? $" Save '{found}' as '{name}': arrays under a folder are not read." : "")}");

    private string? Folder(string name) => content.Others.FirstOrDefault(other => other.EndsWith("/" + name, StringComparison.Ordinal));

    private void NoteOthers()
    {
        string[] unread = [.. content.Others.Where(name => !name.StartsWith("log", StringComparison.Ordinal)).Select(name => $"'{name}'").Order(StringComparer.Ordinal)];
        if (unread.Length > 0)
        {
            _notes.Add($"these arrays are not read: {string.Join(", ", unread)}");
        }
    }

    private void RequireRows(int rows)
    {
        foreach (var (name, array) in content.Arrays)
        {
            // The reference logs anything: only one number per row is read.
            if (name.StartsWith(EpisodeKeys.LogPrefix, StringComparison.Ordinal))
            {
                continue;
            }
            var (least, most) = name switch
            {
                TensorNames.Image => (3, 4),
                TensorNames.Vector or EpisodeKeys.Action or EpisodeKeys.StepId => (1, 2),
                // Some tools keep one number a row as a column of a matrix.
                _ => (1, array.RowSize == 1 ? 2 : 1),
            };
            if (array.Shape.Length < least || array.Shape.Length > most || array.Shape[0] != rows)
            {
                throw new InvalidEpisodeException(
                    $"Array '{name}' of '{path}' has the shape ({string.Join(", ", array.Shape)}); rank {Math.Max(least, most)} with {rows} rows, as '{EpisodeKeys.Reward}' has, is expected.");
            }
        }
    }

    private (ImageShape? Shape, byte[] Images) Images()
    {
        if (content.Arrays.GetValueOrDefault(TensorNames.Image) is not { } image)
        {
            return (null, []);
        }
        if (image.Type is not (NpyType.Byte or NpyType.Boolean))
        {
            throw new InvalidEpisodeException(
                $"Array '{TensorNames.Image}' of '{path}' has elements of type {image.Type}; {NpyType.Byte} is expected, 0 to 255" +
                (image.Type[1] == 'f' ? ": if its numbers are in 0 to 1, multiply them by 255 before you convert them to uint8." : ": convert it to uint8."));
        }
        var shape = new ImageShape(image.Shape[1], image.Shape[2], image.Shape.Length == 4 ? image.Shape[3] : 1);
        if (image.Type == NpyType.Boolean)
        {
            _notes.Add("the image is boolean; true is read as 255, the brightest");
            return (shape, Array.ConvertAll(image.Data, value => value == 0 ? byte.MinValue : byte.MaxValue));
        }
        if (image.Data.AsSpan().Contains((byte)1) && !image.Data.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            _notes.Add("the largest value of the image is 1; the scale is 0 to 255, so that 1 is almost black: if 1 is the brightest, multiply by 255");
        }
        return (shape, image.Data);
    }

    private (int Size, float[] Actions) Actions(EpisodeFlags flags)
    {
        var action = Need(EpisodeKeys.Action);
        var isIndex = action.Shape.Length == 1 || (action.RowSize == 1 && options.DiscreteActions > 1);
        if (!isIndex)
        {
            return (action.RowSize, action.ToSingles());
        }
        if (options.DiscreteActions is { } count)
        {
            return (count, action.Data.Length == 0 ? [] : ActionIndices.ToOneHots(
                action.ToSingles(), count, flags.First, flags.Last, options.ActionTiming, $"Array '{EpisodeKeys.Action}' of '{path}'"));
        }
        return action.Type[1] == 'f' ? (1, action.ToSingles()) : throw new InvalidEpisodeException(
            $"Array '{EpisodeKeys.Action}' of '{path}' holds integers ({action.Type}), one per row, and the number of actions is unknown. " +
            "Give the number of actions, or save one-hot vectors of shape (rows, actions).");
    }
}
