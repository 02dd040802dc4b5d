using System.Globalization;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Parquet;
using Parquet.Schema;

namespace Dreamer.MLNet.Data.Parquet;

/// <summary>The columns of a Parquet file of episodes.</summary>
internal sealed class ParquetEpisodeTable
{
    private const int LargestCount = 1 << 26;

    private readonly string _path;
    private readonly ParquetReader _reader;
    private readonly EpisodeParts _parts;
    private readonly EpisodeReadOptions _options;
    private readonly DataField? _image;
    private readonly DataField? _vector;

    /// <exception cref="InvalidEpisodeException">The file lacks a column or the shape of the images.</exception>
    internal ParquetEpisodeTable(string path, ParquetReader reader, EpisodeParts parts, EpisodeReadOptions options)
    {
        (_path, _reader, _parts, _options) = (path, reader, parts, options);
        (_image, _vector) = (Find(EpisodeColumns.Image), Find(EpisodeColumns.Vector));
        if (_image is not null)
        {
            ImageShape = Shape(EpisodeColumns.Image) is [var height, var width, var channels] ? new ImageShape(height, width, channels)
                : throw new InvalidEpisodeException(
                    $"'{path}' has a column '{EpisodeColumns.Image}', but its metadata has no '{EpisodeColumns.Image}{ParquetView.ShapeSuffix}' " +
                    "of the form height,width,channels.");
        }
        (ActionSize, VectorSize) = (Shape(EpisodeColumns.Action).FirstOrDefault(), Shape(EpisodeColumns.Vector).FirstOrDefault());
    }

    /// <summary>The shape of an image, or null if there is none.</summary>
    internal ImageShape? ImageShape { get; }

    /// <summary>The length of an action, known once a row group is read.</summary>
    internal int ActionSize { get; private set; }

    /// <summary>The length of a vector, 0 if there is none; known once a row group is read.</summary>
    internal int VectorSize { get; private set; }

    /// <summary>Whether last rows are marked; otherwise each episode ends with its last row.</summary>
    internal bool HasIsLast => Find(EpisodeColumns.IsLast) is not null;

    /// <summary>Reads a row group.</summary>
    /// <exception cref="InvalidEpisodeException">A column is missing or of another type, or its rows are of several lengths.</exception>
    internal EpisodeRows ReadGroup(int index)
    {
        using var group = _reader.OpenRowGroupReader(index);
        var rows = Bounded(group.RowCount, "rows");
        var ids = new string?[rows];
        Wait(group.ReadAsync(Need<string>(EpisodeColumns.EpisodeId), ids.AsMemory()!));
        var isFirst = Values<bool>(group, EpisodeColumns.IsFirst, rows);
        var isLast = HasIsLast ? Values<bool>(group, EpisodeColumns.IsLast, rows) : new bool[rows];
        var actions = Indices(group, rows) is { } indices
            ? ActionIndices.ToOneHots(indices, DiscreteActions(), isFirst, isLast, _options.ActionTiming, $"Column '{EpisodeColumns.Action}' of '{_path}'")
            : Lists(group, Need<float>(EpisodeColumns.Action), rows, ActionSize);
        ActionSize = rows == 0 ? ActionSize : actions.Length / rows;
        var vectors = _vector is null ? [] : Lists(group, Typed<float>(_vector), rows, VectorSize);
        VectorSize = rows == 0 ? VectorSize : vectors.Length / rows;
        return new EpisodeRows(
            ids,
            isFirst,
            isLast,
            Values<bool>(group, EpisodeColumns.IsTerminal, rows),
            Values<float>(group, EpisodeColumns.Reward, rows),
            actions,
            _parts.HasFlag(EpisodeParts.Vectors) ? vectors : [],
            _image is not null && _parts.HasFlag(EpisodeParts.Images) ? Images(group, rows) : []);
    }

    private float[]? Indices(ParquetRowGroupReader group, int rows) => Find(EpisodeColumns.Action) switch
    {
        { MaxRepetitionLevel: 0, ClrType: var type } field when type == typeof(int) => Array.ConvertAll(Values<int>(group, field, rows), value => (float)value),
        { MaxRepetitionLevel: 0, ClrType: var type } field when type == typeof(long) => Array.ConvertAll(Values<long>(group, field, rows), value => (float)value),
        _ => null,
    };

    private int DiscreteActions() => _options.DiscreteActions ?? throw new InvalidEpisodeException(
        $"Column '{EpisodeColumns.Action}' of '{_path}' holds integers, and the number of actions is unknown. Give the number of actions, or save lists of float.");

    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    private static T[] Values<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        var values = new T[rows];
        if (field.IsNullable)
        {
            var nullable = new T?[rows];
            Wait(group.ReadAsync(field, nullable.AsMemory()));
            return Array.ConvertAll(nullable, value => value ?? throw new InvalidEpisodeException($"Column '{field.Name}' has a value missing."));
        }
        Wait(group.ReadAsync<T>(field, values));
        return values;
    }

    private T[] Values<T>(ParquetRowGroupReader group, string name, int rows)
        where T : struct => Values<T>(group, Need<T>(name), rows);

    private byte[][] Images(ParquetRowGroupReader group, int rows)
    {
        var images = new byte[rows][];
        Wait(group.ReadAsync(Typed<byte[]>(_image!), images.AsMemory()!));
        var wrong = Array.FindIndex(images, image => image?.Length != ImageShape!.Size);
        return wrong < 0 ? images : throw new InvalidEpisodeException(
            $"Column '{EpisodeColumns.Image}' of '{_path}' has {images[wrong]?.Length ?? 0} bytes in a row; {ImageShape} takes {ImageShape!.Size}.");
    }

    // All lists must have the same length: values = rows * length, and each list starts at repetition level 0.
    private float[] Lists(ParquetRowGroupReader group, DataField field, int rows, int promised)
    {
        var count = Bounded(group.GetMetadata(field)?.MetaData?.NumValues ?? 0, "values of one column");
        var (values, definitions, repetitions) = (new float[count], new int[count], new int[count]);
        Wait(group.ReadRawAsync<float>(field, values, definitions.AsMemory(), repetitions.AsMemory()));
        var size = rows == 0 ? 0 : count / rows;
        var even = size > 0 && count == rows * size && definitions.All(level => level == field.MaxDefinitionLevel) &&
            Enumerable.Range(0, count).All(i => repetitions[i] == 0 == (i % size == 0));
        return rows == 0 || (even && (promised == 0 || promised == size)) ? values : throw new InvalidEpisodeException(
            $"Column '{field.Path}' of '{_path}' has {count} values in {rows} rows; lists of one length, {(promised == 0 ? "1 or more" : promised)}, are expected.");
    }

    // Check what a file claims before allocating memory for it.
    private int Bounded(long count, string what) => count is >= 0 and <= LargestCount ? (int)count : throw new InvalidEpisodeException(
        $"'{_path}' claims {count} {what} in a row group; 0 to {LargestCount} are allowed.");

    private int[] Shape(string column) => _reader.CustomMetadata?.GetValueOrDefault(column + ParquetView.ShapeSuffix) is { } text
        ? [.. text.Split(',').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0)] : [];

    private DataField? Find(string name) => _reader.Schema.DataFields.FirstOrDefault(field => field.Path.FirstPart == name);

    private DataField Need<T>(string name) => Find(name) is { } field ? Typed<T>(field) : throw new InvalidEpisodeException(
        $"'{_path}' has no column '{name}'; it has {string.Join(", ", _reader.Schema.Fields.Select(field => field.Name))}.");

    // The package names text and binary by their .NET types.
    private DataField Typed<T>(DataField field) => field.ClrType == (
            typeof(T) == typeof(string) ? typeof(ReadOnlyMemory<char>) : typeof(T) == typeof(byte[]) ? typeof(ReadOnlyMemory<byte>) : typeof(T))
        ? field
        : throw new InvalidEpisodeException($"Column '{field.Path}' of '{_path}' is {field.ClrType.Name}; {typeof(T).Name} is expected.");
}
