using System.IO.Compression;
using System.Runtime.InteropServices;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using TextEncoding = System.Text.Encoding;

namespace Dreamer.MLNet.Tests.Data;

public sealed class SaveAsNpzTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arrays_hold_the_columns()
    {
        Row[] rows =
        [
            new() { Text = "a", Number = 1.5f, Count = -2, Flag = true, Values = [1, 2, 3, 4], Bytes = [7, 8], Name = "left" },
            new() { Text = "b😀cd", Number = -3f, Count = 1L << 40, Values = [5, 6, 7, 8], Bytes = [9, 10], Name = "right" },
            new() { Number = float.NaN, Values = [0, 0, 0, 9], Bytes = [0, 255], Name = "elsewhere" },
        ];
        var source = _ml.Data.LoadFromEnumerable(rows);
        var names = _ml.Data.LoadFromEnumerable(new[] { new Row { Name = "left" }, new Row { Name = "right" } });
        var view = _ml.Transforms.Conversion.MapValueToKey("Key", "Name", keyData: _ml.Transforms.SelectColumns("Name").Fit(names).Transform(names))
            .Fit(source).Transform(source);

        var path = Path.Combine(_folder.Path, "rows.npz");
        _ml.Data.SaveAsNpz(view, path, "Text", "Number", "Count", "Flag", "Values", "Bytes", "Key");

        var arrays = Read(path);
        Assert.Equal(["Text", "Number", "Count", "Flag", "Values", "Bytes", "Key"], arrays.Select(array => array.Name));
        // A code point beyond the first plane is one of NumPy's characters, and missing text and keys are empty.
        Assert.Equal("'<U4', (3,)", arrays[0].Header);
        Assert.Equal(["a", "b😀cd", ""], Texts(arrays[0].Data, 4));
        Assert.Equal("'<f4', (3,)", arrays[1].Header);
        Assert.Equal([1.5f, -3f, float.NaN], MemoryMarshal.Cast<byte, float>(arrays[1].Data).ToArray());
        Assert.Equal("'<i8', (3,)", arrays[2].Header);
        Assert.Equal([-2L, 1L << 40, 0L], MemoryMarshal.Cast<byte, long>(arrays[2].Data).ToArray());
        Assert.Equal("'|b1', (3,)", arrays[3].Header);
        Assert.Equal([1, 0, 0], arrays[3].Data);
        Assert.Equal("'<f4', (3, 2, 2)", arrays[4].Header);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 9], MemoryMarshal.Cast<byte, float>(arrays[4].Data).ToArray());
        Assert.Equal("'|u1', (3, 2)", arrays[5].Header);
        Assert.Equal([7, 8, 9, 10, 0, 255], arrays[5].Data);
        Assert.Equal("'<U5', (3,)", arrays[6].Header);
        Assert.Equal(["left", "right", ""], Texts(arrays[6].Data, 5));
    }

    [Fact]
    public void Columns_that_NumPy_has_no_type_for_are_refused_by_name()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new { When = new DateTime(2020, 1, 1) } });
        var path = Path.Combine(_folder.Path, "rows.npz");

        var error = Assert.Throws<ArgumentException>(() => _ml.Data.SaveAsNpz(view, path));

        Assert.Contains("Column 'When' is DateTime", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void No_rows_give_empty_arrays()
    {
        var path = Path.Combine(_folder.Path, "rows.npz");
        _ml.Data.SaveAsNpz(_ml.Data.LoadFromEnumerable(Array.Empty<Row>()), path, "Text", "Values");

        Assert.Equal(["'<U1', (0,)", "'<f4', (0, 2, 2)"], Read(path).Select(array => array.Header));
    }

    private static List<(string Name, string Header, byte[] Data)> Read(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return [.. archive.Entries.Select(entry =>
        {
            using var memory = new MemoryStream();
            using (var content = entry.Open())
            {
                content.CopyTo(memory);
            }
            var bytes = memory.ToArray();
            var length = BitConverter.ToUInt16(bytes, 8);
            Assert.Equal(0, (10 + length) % 64);
            var header = TextEncoding.ASCII.GetString(bytes, 10, length);
            var parts = header.Split(['{', '}'], StringSplitOptions.TrimEntries)[1].Split("'fortran_order': False,");
            return (Path.GetFileNameWithoutExtension(entry.FullName),
                parts[0].Replace("'descr': ", "", StringComparison.Ordinal).Trim() + " " + parts[1].Replace("'shape':", "", StringComparison.Ordinal).Trim(' ', ','),
                bytes[(10 + length)..]);
        })];
    }

    private static IEnumerable<string> Texts(byte[] data, int length) => data.Chunk(length * 4).Select(row => TextEncoding.UTF32.GetString(row).TrimEnd('\0'));

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }

        public long Count { get; set; }

        public bool Flag { get; set; }

        [VectorType(2, 2)]
        public float[] Values { get; set; } = new float[4];

        [VectorType(2)]
        public byte[] Bytes { get; set; } = new byte[2];

        public string Name { get; set; } = "";
    }
}
