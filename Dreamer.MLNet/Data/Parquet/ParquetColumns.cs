using Microsoft.ML;
using Microsoft.ML.Data;
using Parquet;
using Parquet.Schema;

namespace Dreamer.MLNet.Data.Parquet;

/// <summary>A column of numbers or flags.</summary>
internal sealed class ParquetScalars<T>(string name, ValueGetter<T> getter, int capacity)
    : ParquetColumn(new DataField(name, typeof(T), isNullable: false))
    where T : struct
{
    private readonly T[] _values = new T[capacity];

    internal override void Read(int row) => getter(ref _values[row]);

    internal override Task WriteAsync(ParquetRowGroupWriter writer, int rows) =>
        writer.WriteAsync<T>((DataField)Field, _values.AsMemory(0, rows));
}

/// <summary>A column of text, or of keys by their names.</summary>
internal sealed class ParquetTexts(string name, Func<string?> get, int capacity) : ParquetColumn(new DataField(name, typeof(string), isNullable: true))
{
    private readonly string?[] _values = new string?[capacity];

    internal override void Read(int row) => _values[row] = get();

    internal override Task WriteAsync(ParquetRowGroupWriter writer, int rows) =>
        writer.WriteAsync((DataField)Field, new ArraySegment<string>(_values!, 0, rows));
}

/// <summary>A column of vectors of bytes: binary values.</summary>
internal sealed class ParquetBytes(string name, ValueGetter<VBuffer<byte>> getter, int capacity)
    : ParquetColumn(new DataField(name, typeof(byte[]), isNullable: false))
{
    private readonly byte[][] _values = new byte[capacity][];
    private VBuffer<byte> _value;

    internal override void Read(int row)
    {
        getter(ref _value);
        _values[row] = [.. _value.DenseValues()];
    }

    internal override Task WriteAsync(ParquetRowGroupWriter writer, int rows) =>
        writer.WriteAsync((DataField)Field, new ArraySegment<byte[]>(_values, 0, rows));
}

/// <summary>A column of vectors of numbers, all of one length: lists.</summary>
internal sealed class ParquetLists(string name, ValueGetter<VBuffer<float>> getter, int size, int capacity)
    : ParquetColumn(new ListField(name, new DataField("element", typeof(float), isNullable: false)))
{
    private readonly float[] _values = new float[checked(size * capacity)];
    private readonly int[] _definitions = new int[size * capacity];
    private readonly int[] _repetitions = new int[size * capacity];
    private VBuffer<float> _value;

    internal override void Read(int row)
    {
        getter(ref _value);
        _value.CopyTo(_values.AsSpan(row * size, size));
    }

    internal override Task WriteAsync(ParquetRowGroupWriter writer, int rows)
    {
        var element = (DataField)((ListField)Field).Item;
        // No element is null; a list starts at repetition level 0.
        _definitions.AsSpan().Fill(element.MaxDefinitionLevel);
        for (var i = 0; i < _repetitions.Length; i++)
        {
            _repetitions[i] = i % size == 0 ? 0 : element.MaxRepetitionLevel;
        }
        var count = rows * size;
        return writer.WriteAllPartsAsync<float>(element, _values.AsMemory(0, count), _definitions.AsMemory(0, count), _repetitions.AsMemory(0, count), CancellationToken.None);
    }
}
