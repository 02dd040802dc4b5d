using System.Runtime.InteropServices;
using System.Text;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Data.Numpy;

/// <summary>A column of text, or of keys by their names: strings of one length in UTF-32, padded by zeros.</summary>
internal sealed class NpyTexts : NpyColumn
{
    private readonly Func<ReadOnlyMemory<char>> _get;
    private readonly uint[] _row;

    internal NpyTexts(DataViewRow input, DataViewSchema.Column column, int longest = 0)
        : base($"<U{Math.Max(1, longest)}")
    {
        _row = new uint[Math.Max(1, longest)];
        _get = column.Type is TextDataViewType ? Texts(input.GetGetter<ReadOnlyMemory<char>>(column)) : Keys(input.GetGetter<uint>(column), KeyNames.Read(column)!);
    }

    /// <summary>The longest of the texts that were measured, in code points.</summary>
    internal int Longest { get; private set; }

    /// <summary>Measures the text of the input's current row.</summary>
    internal void Measure()
    {
        var length = 0;
        foreach (var _ in _get().Span.EnumerateRunes())
        {
            length++;
        }
        Longest = Math.Max(Longest, length);
    }

    internal override void Write(Stream elements)
    {
        Array.Clear(_row);
        var at = 0;
        foreach (var rune in _get().Span.EnumerateRunes())
        {
            _row[at++] = (uint)rune.Value;
        }
        elements.Write(MemoryMarshal.AsBytes(_row.AsSpan()));
    }

    private static Func<ReadOnlyMemory<char>> Texts(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> value = default;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }

    private static Func<ReadOnlyMemory<char>> Keys(ValueGetter<uint> getter, string[] names)
    {
        var value = 0u;
        return () =>
        {
            getter(ref value);
            return value == 0 ? default : names[value - 1].AsMemory();
        };
    }
}
