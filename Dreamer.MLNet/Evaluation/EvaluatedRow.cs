using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Evaluation;

/// <summary>Reads the compared values of a cursor's current row.</summary>
internal sealed class EvaluatedRow
{
    private readonly DataViewRow _input;
    private readonly EvaluatedColumns _columns;
    private readonly RowName _row;
    private readonly ValueGetter<ReadOnlyMemory<char>> _readId;
    private readonly ValueGetter<bool> _readIsFirst;
    private readonly ValueGetter<bool> _readIsTerminal;
    private readonly ValueGetter<float> _readReward;
    private readonly ValueGetter<float>? _readPredictedReward;
    private readonly ValueGetter<float>? _readPredictedDiscount;
    private readonly ValueGetter<float>? _readValue;
    private readonly ValueGetter<float>? _readSurprise;
    private readonly ActionReader? _readAction;
    private readonly ActionReader? _readPredictedAction;
    private readonly VectorReader<byte>? _readImage;
    private readonly VectorReader<byte>? _readDecoded;
    private readonly float[] _action = [];
    private readonly byte[] _image = [];
    private readonly byte[] _decoded = [];
    private readonly float[] _predictedAction = [];
    private string? _id;

    internal EvaluatedRow(DataViewRow input, EvaluatedColumns columns)
    {
        (_input, _columns, _row) = (input, columns, new RowName(input));
        ValueGetter<float>? Single(DataViewSchema.Column? column) => column is { } found ? input.GetGetter<float>(found) : null;
        _readId = input.GetGetter<ReadOnlyMemory<char>>(columns.EpisodeId);
        _readIsFirst = input.GetGetter<bool>(columns.IsFirst);
        _readIsTerminal = input.GetGetter<bool>(columns.IsTerminal);
        _readReward = input.GetGetter<float>(columns.Reward);
        (_readPredictedReward, _readPredictedDiscount) = (Single(columns.PredictedReward), Single(columns.PredictedDiscount));
        (_readValue, _readSurprise) = (Single(columns.PredictedValue), Single(columns.Surprise));
        if (columns.ComparesActions)
        {
            // Keys of both columns are compared by name; each has its own order.
            var names = KeyNames.Read(columns.PredictedAction!.Value);
            (_readAction, _readPredictedAction) = (new(input, columns.Action!.Value, names), new(input, columns.PredictedAction.Value));
            var isMapped = names is not null && KeyNames.Read(columns.Action.Value) is not null;
            _predictedAction = new float[Size(columns.PredictedAction.Value)];
            _action = new float[isMapped ? _predictedAction.Length : Size(columns.Action.Value)];
            Require(_action.Length, _predictedAction.Length, columns.Action.Value, columns.PredictedAction.Value);
        }
        if (columns.ComparesImages)
        {
            (_readImage, _readDecoded) = (new(input, columns.Image!.Value), new(input, columns.DecodedImage!.Value));
            (_image, _decoded) = (new byte[Size(columns.Image.Value)], new byte[Size(columns.DecodedImage.Value)]);
            Require(_image.Length, _decoded.Length, columns.Image.Value, columns.DecodedImage.Value);
        }
    }

    internal bool IsTerminal => Value(_readIsTerminal);

    internal float Reward => FiniteColumn.Require(Value(_readReward), _columns.Reward.Name, _row);

    internal bool HasPredictedReward => _readPredictedReward is not null;

    internal float PredictedReward => Value(_readPredictedReward!);

    internal float PredictedDiscount => Value(_readPredictedDiscount!);

    internal bool HasValue => _readValue is not null;

    internal float PredictedValue => Value(_readValue!);

    internal bool HasSurprise => _readSurprise is not null;

    internal float Surprise => Value(_readSurprise!);

    /// <summary>Reads whether the row is an episode's first.</summary>
    /// <exception cref="InvalidDataException">It is not, and of another episode than the row before.</exception>
    internal bool ReadPlace()
    {
        var id = Value(_readId);
        if (Value(_readIsFirst))
        {
            _id = id.ToString();
            return true;
        }
        return id.Span.SequenceEqual(_id) && _id is not null ? false : throw new InvalidDataException(
            $"At row {_input.Position} column '{_columns.EpisodeId.Name}' goes from '{_id}' to '{id}', but by column '{_columns.IsFirst.Name}' no " +
            "episode begins there. An episode's rows must be contiguous, from its first row on.");
    }

    /// <summary>Adds the differences of the pixels, if there are images.</summary>
    internal void AddPixels(ref MeanDifference pixels)
    {
        _readImage?.Read(_image);
        _readDecoded?.Read(_decoded);
        for (var i = 0; i < _image.Length; i++)
        {
            pixels.Add(_decoded[i] - _image[i]);
        }
    }

    /// <summary>Compares the action that led here with the prediction of the previous row, then keeps this row's prediction.</summary>
    /// <returns>Whether it is the same; null if nothing led here or nothing is compared.</returns>
    internal bool? CompareActions(bool isFirst, ref MeanDifference differences)
    {
        if (_readAction is null)
        {
            return null;
        }
        _readAction.Read(_action);
        bool? agrees = isFirst ? null : _action.AsSpan().SequenceEqual(_predictedAction);
        for (var i = 0; !isFirst && i < _action.Length; i++)
        {
            differences.Add(_predictedAction[i] - _action[i]);
        }
        _readPredictedAction!.Read(_predictedAction);
        return agrees;
    }

    private static int Size(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType vector ? vector.Size : (int)((KeyDataViewType)column.Type).Count;

    private static void Require(int found, int expected, DataViewSchema.Column left, DataViewSchema.Column right)
    {
        if (found != expected)
        {
            throw new ArgumentOutOfRangeException(
                nameof(right), $"Column '{left.Name}' is {left.Type} and column '{right.Name}' is {right.Type}; they are compared and must be of one size.");
        }
    }

    private static T Value<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }
}
