using Dreamer.Inference;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Finds the episode of each row.</summary>
internal sealed class EpisodeTracker
{
    private readonly ObserveLatentStateOptions _options;
    private readonly AgentManifest _manifest;
    private readonly DataViewRow _input;
    private readonly string _adviceAtStart;
    private readonly ValueGetter<bool> _readIsFirst;
    private readonly ValueGetter<bool>? _readIsLast;
    private readonly ValueGetter<ReadOnlyMemory<char>>? _readId;
    private readonly ValueGetter<long>? _readStep;
    private readonly Dictionary<string, OpenEpisode>.AlternateLookup<ReadOnlySpan<char>> _open =
        new Dictionary<string, OpenEpisode>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private OpenEpisode? _current;
    private bool _restart;

    /// <summary>Creates the tracker.</summary>
    /// <param name="input">The row to read.</param>
    /// <param name="manifest">The agent's manifest.</param>
    /// <param name="options">The columns.</param>
    /// <param name="adviceAtStart">Advice if the very first row is not an episode's first.</param>
    internal EpisodeTracker(DataViewRow input, AgentManifest manifest, ObserveLatentStateOptions options, string adviceAtStart)
    {
        (_input, _manifest, _options, _adviceAtStart) = (input, manifest, options, adviceAtStart);
        _readIsFirst = input.GetGetter<bool>(input.Schema[options.IsFirstColumnName]);
        _readIsLast = options.Interleaved ? input.GetGetter<bool>(input.Schema[options.IsLastColumnName]) : null;
        _readId = Find(input, options.EpisodeIdColumnName, TextDataViewType.Instance) is { } id ? input.GetGetter<ReadOnlyMemory<char>>(id) : null;
        _readStep = Find(input, options.StepColumnName, NumberDataViewType.Int64) is { } step ? input.GetGetter<long>(step) : null;
    }

    /// <summary>Whether the input's current row is an episode's first.</summary>
    internal bool ReadIsFirst()
    {
        var isFirst = false;
        _readIsFirst(ref isFirst);
        return isFirst;
    }

    /// <summary>The episode of the input's current row, and whether the row is its first.</summary>
    /// <exception cref="InvalidDataException">The row belongs to no episode that is open, or to one too many.</exception>
    internal (OpenEpisode Episode, bool IsFirst) Next()
    {
        var isFirst = ReadIsFirst() | _restart;
        _restart = false;
        ReadOnlyMemory<char> id = default;
        _readId?.Invoke(ref id);
        var episode = _options.Interleaved ? NextOfMany(id.Span, isFirst) : NextOfOne(id.Span, isFirst);
        RequireNextStep(episode, isFirst);
        return (episode, isFirst);
    }

    /// <summary>Forgets all episodes: the next row counts as an episode's first.</summary>
    internal void Reset()
    {
        _open.Dictionary.Clear();
        _current = null;
        _restart = true;
    }

    private OpenEpisode NextOfOne(ReadOnlySpan<char> id, bool isFirst)
    {
        if (isFirst)
        {
            return _current = Begin(id);
        }
        if (_current is null)
        {
            throw new InvalidDataException(
                $"Row {_input.Position} is not the first of an episode by column '{_options.IsFirstColumnName}', and no episode has begun. {_adviceAtStart} {KeepTogether}");
        }
        return id.SequenceEqual(_current.Id) ? _current : throw new InvalidDataException(
            $"At row {_input.Position} column '{_options.EpisodeIdColumnName}' goes from '{_current.Id}' to '{id}', but column " +
            $"'{_options.IsFirstColumnName}' marks no start of an episode. Set {nameof(_options.Interleaved)} if the rows of several episodes are mixed. {KeepTogether}");
    }

    // A hole does not show in the flags; a state that is carried over it would be finite and wrong.
    private void RequireNextStep(OpenEpisode episode, bool isFirst)
    {
        if (_readStep is null)
        {
            return;
        }
        long step = 0;
        _readStep(ref step);
        // A column that nobody fills counts nothing: it stays at its first value.
        var isUnfilled = step == episode.LastStep && (isFirst || episode.Rows == 1 || episode.HasUnfilledSteps);
        if (!isFirst && episode.Rows == 1)
        {
            episode.HasUnfilledSteps = isUnfilled;
        }
        if (!isFirst && step != episode.LastStep + 1 && !isUnfilled)
        {
            var what = step > episode.LastStep ? "rows are missing" : "rows are repeated or out of order";
            throw new InvalidDataException(
                $"At row {_input.Position} column '{_options.StepColumnName}' of episode '{episode.Id}' goes from {episode.LastStep} to {step}: {what}. {KeepTogether} {nameof(_options.StepColumnName)} names the column; null leaves it out.");
        }
        episode.LastStep = step;
    }

    private string KeepTogether =>
        $"An episode's rows must stay together and complete: split data by episode (samplingKeyColumnName: \"{_options.EpisodeIdColumnName}\"), and filter or shuffle after this step.";

    private static DataViewSchema.Column? Find(DataViewRow input, string? name, DataViewType type) =>
        name is not null && input.Schema.GetColumnOrNull(name) is { } column && column.Type.Equals(type) && input.IsColumnActive(column) ? column : null;

    private OpenEpisode NextOfMany(ReadOnlySpan<char> id, bool isFirst)
    {
        var isLast = false;
        _readIsLast!(ref isLast);
        if (!_open.TryGetValue(id, out var episode) && !isFirst)
        {
            throw new InvalidDataException(
                $"Row {_input.Position} is not the first of episode '{id}' by column '{_options.IsFirstColumnName}', and that episode is not open. {_adviceAtStart}");
        }
        if (isFirst)
        {
            if (episode is null && _open.Dictionary.Count == _options.MaxOpenEpisodes)
            {
                throw new InvalidDataException(
                    $"With episode '{id}' at row {_input.Position}, {_options.MaxOpenEpisodes + 1} episodes are open; {nameof(_options.MaxOpenEpisodes)} " +
                    $"allows {_options.MaxOpenEpisodes}. Episodes are closed where column '{_options.IsLastColumnName}' is true.");
            }
            episode = _open[id] = Begin(id);
        }

        if (isLast)
        {
            _open.Remove(id);
        }
        return episode!;
    }

    private OpenEpisode Begin(ReadOnlySpan<char> id) =>
        new(id.ToString(), new EpisodeNoise(_options.Seed, id), _manifest.Latent.Size, _manifest.Action.Size);
}
