using System.Buffers.Binary;
using System.Text;
using Dreamer.Inference.IO;
using Dreamer.Training.Weights;
using Xunit;

namespace Dreamer.Training.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private const string Two = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-weights-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "weights.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var tensors = new Dictionary<string, SafetensorsTensor>
        {
            ["b"] = new("F32", [1, 2], new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40 }),
            ["a"] = new("U8", [3], new byte[] { 7, 8, 9 }),
        };
        SafetensorsFile.Write(Path, tensors, new Dictionary<string, string> { ["k"] = "v" });
        const string header =
            """{"__metadata__":{"k":"v"},"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[3,11]}}""";
        var padded = header + new string(' ', (8 - header.Length % 8) % 8);
        byte[] expected = [(byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(padded), 7, 8, 9, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40];
        Assert.Equal(expected, File.ReadAllBytes(Path));

        var read = SafetensorsFile.Read(Path);
        Assert.Equal(["a", "b"], read.Keys.Order());
        Assert.Equal("F32 [1, 2]", read["b"].ToString());
        Assert.Equal([7, 8, 9], read["a"].Data.ToArray());
    }

    [Fact]
    public void Tensors_may_stand_in_any_order_and_scalars_have_one_element()
    {
        var read = Read("""{"z":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"a":{"shape":[0,4],"data_offsets":[1,1],"dtype":"F64"}}""", [5]);
        Assert.Equal([5], read["z"].Data.ToArray());
        Assert.Equal(0, read["a"].Data.Length);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "is F32 [3] from byte 0 to 8 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}}""", "from byte 0 to 16 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "from byte 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "'data_offsets' has the entry -8")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "is F31")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", "4294967296")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "0 data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"path":"../x"}}""", "the member 'path'")]
    [InlineData("""{"a":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", "expected an array")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "entry 2.5")]
    [InlineData("""{"a":3}""", "expected an object")]
    [InlineData("[]", "expected an object")]
    [InlineData("{}", "end at byte 0 of 8")]
    [InlineData("nothing", "is not a safetensors file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "begins at byte 0; the one before it ends at 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4; the one before it ends at 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[7],"data_offsets":[1,8]}}""", "occurs twice")]
    public void What_lies_about_itself_is_refused(string header, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidWeightsException>(() => Read(header, new byte[8])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001)]
    [InlineData(200)]
    public void A_header_that_is_longer_than_the_file_is_refused(ulong length)
    {
        var bytes = new byte[100];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        AtomicFile.WriteAllBytes(Path, bytes);
        Assert.Contains($"a header of {length}", Assert.Throws<InvalidWeightsException>(() => SafetensorsFile.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("The file of weights", Assert.Throws<InvalidWeightsException>(() => SafetensorsFile.Read(Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Damage_gives_a_verdict_and_nothing_else()
    {
        var random = new Random(11);
        byte[] whole = [(byte)Two.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(Two), .. new byte[9]];
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            var bytes = whole.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            AtomicWrite(random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            var error = Record.Exception(() => SafetensorsFile.Read(Path));
            Assert.True(error is null or InvalidWeightsException, $"{i}: {error}");
            refused += error is null ? 0 : 1;
        }
        Assert.InRange(refused, 1000, 1999);
    }

    private IReadOnlyDictionary<string, SafetensorsTensor> Read(string header, byte[] elements)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        AtomicWrite([.. length, .. Encoding.UTF8.GetBytes(header), .. elements]);
        return SafetensorsFile.Read(Path);
    }

    // Thousands of files need not survive a power cut.
    private void AtomicWrite(byte[] bytes)
    {
        using var stream = File.Create(Path);
        stream.Write(bytes);
    }
}
