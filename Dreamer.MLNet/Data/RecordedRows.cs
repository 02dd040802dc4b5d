using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Reads rows of a view as episodes, one at a time.</summary>
internal sealed class RecordedRows
{
    private readonly SaveEpisodesOptions _options;
    private readonly Action<string> _noted;
    private readonly DataViewSchema.Column _id;
    private readonly DataViewSchema.Column _isFirst;
    private readonly DataViewSchema.Column? _isLast;
    private readonly DataViewSchema.Column? _isTerminal;
    private readonly DataViewSchema.Column _reward;
    private readonly DataViewSchema.Column _action;
    private readonly DataViewSchema.Column? _image;
    private readonly DataViewSchema.Column? _vector;
    private readonly ImageShape? _shape;
    private readonly int _vectorSize;
    private readonly int _actionSize;

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    internal RecordedRows(DataViewSchema schema, SaveEpisodesOptions options, Action<string> noted)
    {
        (_options, _noted) = (options, noted);
        DataViewSchema.Column Need(string name, string option, ExpectedType form) => new InputColumn(name, option, form).Find(schema);
        DataViewSchema.Column? Find(string name, string option, ExpectedType form) =>
            schema.GetColumnOrNull(name) is null ? null : Need(name, option, form);
        _id = Need(options.EpisodeIdColumnName, nameof(options.EpisodeIdColumnName), ExpectedType.Text);
        _isFirst = Need(options.IsFirstColumnName, nameof(options.IsFirstColumnName), ExpectedType.Boolean);
        _isLast = Find(options.IsLastColumnName, nameof(options.IsLastColumnName), ExpectedType.Boolean);
        _isTerminal = Find(options.IsTerminalColumnName, nameof(options.IsTerminalColumnName), ExpectedType.Boolean);
        _reward = Need(options.RewardColumnName, nameof(options.RewardColumnName), ExpectedType.Single);
        _action = Need(options.ActionColumnName, nameof(options.ActionColumnName), ExpectedType.AnyAction);
        ActionNames.Map(_action, nameof(options.ActionColumnName), options.ActionNames, unnamedKeys: true);
        _image = Find(
            options.ImageColumnName, nameof(options.ImageColumnName),
            options.ImageShape is { } given ? ExpectedType.Vector(NumberDataViewType.Byte, given.Height, given.Width, given.Channels) : ExpectedType.AnyImage);
        _vector = Find(options.VectorColumnName, nameof(options.VectorColumnName), ExpectedType.AnyVector);
        _shape = _image is null ? null : options.ImageShape ?? ((_image?.Type as VectorDataViewType)?.Dimensions is [var height, var width, var channels] ? new ImageShape(height, width, channels) : null);
        _vectorSize = (_vector?.Type as VectorDataViewType)?.Size ?? 0;
        _actionSize = options.ActionNames?.Count ?? (_action.Type is VectorDataViewType actions ? actions.Size : (int)((KeyDataViewType)_action.Type).Count);
    }

    /// <summary>Reads the episodes of a view.</summary>
    /// <exception cref="InvalidDataException">The rows of an episode are not contiguous, or an episode ends in the middle.</exception>
    internal IEnumerable<Episode> Read(IDataView data)
    {
        DataViewSchema.Column?[] all = [_id, _isFirst, _isLast, _isTerminal, _reward, _action, _image, _vector];
        using var cursor = data.GetRowCursor(all.OfType<DataViewSchema.Column>());
        var readId = cursor.GetGetter<ReadOnlyMemory<char>>(_id);
        var readIsFirst = cursor.GetGetter<bool>(_isFirst);
        var rows = new RowBuilder(this, cursor);
        string? id = null;
        while (cursor.MoveNext())
        {
            ReadOnlyMemory<char> found = default;
            readId(ref found);
            var isFirst = false;
            readIsFirst(ref isFirst);
            if (!isFirst && !found.Span.SequenceEqual(id))
            {
                throw new InvalidDataException(
                    $"At row {cursor.Position} column '{_id.Name}' goes from '{id}' to '{found}', but by column '{_isFirst.Name}' no episode " +
                    "begins there. An episode's rows must be contiguous, from its first row on.");
            }
            if (isFirst && id is not null)
            {
                yield return Finished(rows.Finish(id));
            }
            id = isFirst ? found.ToString() : id;
            rows.Read();
        }
        if (id is not null)
        {
            yield return Finished(rows.Finish(id));
        }
    }

    private Episode Finished(RecordedTable table)
    {
        var episode = new StepTiming(_options.ActionTiming.ToRecorded(), _options.RewardTiming?.ToRecorded()).Apply(table);
        foreach (var note in episode.Notes)
        {
            _noted($"Episode '{table.Id}': {note}.");
        }
        return EpisodeCheck.FlagErrors(episode).ToList() is { Count: > 0 } errors
            ? throw new InvalidDataException($"Episode '{table.Id}' cannot be saved: {string.Join("; ", errors)}.") : episode;
    }

    private sealed class RowBuilder(RecordedRows columns, DataViewRow input)
    {
        private readonly ValueGetter<float> _readReward = input.GetGetter<float>(columns._reward);
        private readonly ValueGetter<bool>? _readIsLast = columns._isLast is { } column ? input.GetGetter<bool>(column) : null;
        private readonly ValueGetter<bool>? _readIsTerminal = columns._isTerminal is { } column ? input.GetGetter<bool>(column) : null;
        private readonly ActionReader _readAction = new(input, columns._action, columns._options.ActionNames);
        private readonly RowName _row = new(input);
        private readonly VectorReader<byte>? _readImage = columns._image is { } column ? new(input, column) : null;
        private readonly VectorReader<float>? _readVector = columns._vector is { } column ? new(input, column) : null;
        private readonly byte[] _image = new byte[columns._shape?.Size ?? 0];
        private readonly float[] _vector = new float[columns._vectorSize];
        private readonly List<byte> _images = [];
        private readonly List<float> _vectors = [];
        private readonly List<float> _actions = [];
        private readonly List<float> _rewards = [];
        private readonly List<bool> _isLast = [];
        private readonly List<bool> _isTerminal = [];
        private readonly float[] _action = new float[columns._actionSize];
        private readonly long _bytesPerRow = EpisodeLimits.BytesPerRow(columns._shape?.Size ?? 0, columns._vectorSize, columns._actionSize);

        internal void Read()
        {
            _readImage?.Read(_image);
            _readVector?.Read(_vector);
            _readAction.Read(_action);
            if (!EpisodeLimits.Allows((_rewards.Count + 1) * _bytesPerRow))
            {
                throw new InvalidDataException(
                    $"At row {input.Position} an episode exceeds the {EpisodeLimits.LargestEpisode} bytes that can be written and read back: mark the start of another one.");
            }
            _images.AddRange(_image);
            _vectors.AddRange(_vector);
            _actions.AddRange(_action);
            _rewards.Add(FiniteColumn.Require(Value(_readReward), columns._reward.Name, _row));
            _isLast.Add(Value(_readIsLast));
            _isTerminal.Add(Value(_readIsTerminal));
        }

        internal RecordedTable Finish(string id)
        {
            if (_readIsLast is null)
            {
                _isLast[^1] = true;
            }
            var isFirst = new bool[_rewards.Count];
            isFirst[0] = true;
            var table = new RecordedTable
            {
                Id = id,
                ImageShape = columns._shape,
                Images = [.. _images],
                VectorSize = columns._vectorSize,
                Vectors = [.. _vectors],
                ActionSize = columns._actionSize,
                Actions = [.. _actions],
                Rewards = [.. _rewards],
                IsFirst = isFirst,
                IsLast = [.. _isLast],
                IsTerminal = [.. _isTerminal],
            };
            _images.Clear();
            _vectors.Clear();
            _actions.Clear();
            _rewards.Clear();
            _isLast.Clear();
            _isTerminal.Clear();
            return table;
        }

        private static T Value<T>(ValueGetter<T>? getter)
            where T : struct
        {
            var value = default(T);
            getter?.Invoke(ref value);
            return value;
        }
    }
}
