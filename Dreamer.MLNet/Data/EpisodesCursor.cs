using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Reads the rows of one part of the sources: every n-th source.</summary>
internal sealed class EpisodesCursor : DataViewRowCursor
{
    private readonly EpisodeSource[] _sources;
    private readonly EpisodeColumns _columns;
    private readonly LoadEpisodesOptions _options;
    private readonly bool[] _active;
    private readonly int _parts;
    private readonly EpisodeParts _read;
    private IEnumerator<Episode>? _episodes;
    private Episode? _episode;
    private int _file;
    private long _rowInFile = -1;
    private int _row;
    private long _position = -1;

    internal EpisodesCursor(
        EpisodeSource[] sources, EpisodeColumns columns, LoadEpisodesOptions options, IEnumerable<DataViewSchema.Column> active, int part, int parts)
    {
        (_sources, _columns, _options, _parts) = (sources, columns, options, parts);
        _active = new bool[columns.Schema.Count];
        foreach (var column in active)
        {
            _active[column.Index] = true;
            _read |= EpisodeColumns.PartOf(column.Name);
        }
        _file = part - parts;
    }

    public override DataViewSchema Schema => _columns.Schema;

    public override long Position => _position;

    public override long Batch => _parts == 1 ? 0 : Math.Max(0, _file);

    private int Row => _episode is null ? throw NoRow() : _row;

    private Episode Current => _episode ?? throw NoRow();

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < _active.Length && _active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_rowInFile, (ulong)_file);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw Getters.NotActive(column);
        }
        return Getters.As<TValue>(Getter(column.Name), column);
    }

    public override bool MoveNext()
    {
        if (_episode is null || ++_row == _episode.RowCount)
        {
            if (!NextEpisode())
            {
                _position = -1;
                return false;
            }
        }
        _position++;
        _rowInFile++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _episodes?.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool NextEpisode()
    {
        (_episode, _row) = (null, 0);
        while (_file < _sources.Length)
        {
            try
            {
                if (_episodes?.MoveNext() == true)
                {
                    _episode = Checked(_episodes.Current, _sources[_file].Name);
                    return true;
                }
            }
            catch (InvalidEpisodeException e) when (_options.Refused is { } refused)
            {
                refused(e.Message);
                // A damaged file ends its own reading; an episode that does not fit leaves the others of its file.
                continue;
            }
            _episodes?.Dispose();
            _episodes = null;
            _file += _parts;
            if (_file < _sources.Length)
            {
                (_episodes, _rowInFile) = (_sources[_file].Read(_read).GetEnumerator(), -1);
            }
        }
        return false;
    }

    private Episode Checked(Episode episode, string file)
    {
        _options.Check?.Validate(episode, file);
        _columns.Check(episode, file);
        // A view that leaves out bad files must do so before a step of the pipeline meets them.
        if (_options is { Check: null, Refused: not null } && EpisodeCheck.NumberErrors(episode).ToList() is { Count: > 0 } errors)
        {
            throw new InvalidEpisodeException($"'{file}' cannot be used: {string.Join("; ", errors)}.");
        }
        foreach (var note in episode.Notes)
        {
            _options.Noted?.Invoke($"'{file}': {note}.");
        }
        return episode;
    }

    private Delegate Getter(string name) => name switch
    {
        EpisodeColumns.EpisodeId => (ValueGetter<ReadOnlyMemory<char>>)((ref value) => value = Current.Id.AsMemory()),
        EpisodeColumns.Step => (ValueGetter<long>)((ref value) => value = Row),
        EpisodeColumns.IsFirst => (ValueGetter<bool>)((ref value) => value = Current.IsFirst[_row]),
        EpisodeColumns.IsLast => (ValueGetter<bool>)((ref value) => value = Current.IsLast[_row]),
        EpisodeColumns.IsTerminal => (ValueGetter<bool>)((ref value) => value = Current.IsTerminal[_row]),
        EpisodeColumns.Reward => (ValueGetter<float>)((ref value) => value = Current.Rewards[_row]),
        EpisodeColumns.Action => (ValueGetter<VBuffer<float>>)((ref value) => Copy(Current.Action(_row), ref value)),
        EpisodeColumns.Image => (ValueGetter<VBuffer<byte>>)((ref value) => Copy(Current.Image(_row), ref value)),
        _ => (ValueGetter<VBuffer<float>>)((ref value) => Copy(Current.Vector(_row), ref value)),
    };

    private static InvalidOperationException NoRow() => new("The cursor is not at a row.");

    private static void Copy<T>(ReadOnlySpan<T> source, ref VBuffer<T> value)
    {
        var editor = VBufferEditor.Create(ref value, source.Length);
        source.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
