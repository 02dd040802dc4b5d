using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Dreamer.Inference.IO;

namespace Dreamer.Training.Weights;

/// <summary>Named tensors in the safetensors format: plain bytes and their offsets, no code.</summary>
/// <remarks>
/// Layout: the header's length as 8 little-endian bytes, the header as JSON, {name: {"dtype", "shape", "data_offsets": [begin, end]}}
/// with strings under <c>__metadata__</c>, then the elements. From the format's public description
/// (https://github.com/huggingface/safetensors). Any deviation is rejected: overlapping or missing bytes,
/// sizes that do not match their shapes, duplicate names.
/// </remarks>
internal static class SafetensorsFile
{
    private const string Metadata = "__metadata__";
    private const int LengthSize = sizeof(ulong);

    // The limit of the format's own reader.
    private const int LargestHeader = 100_000_000;

    private static readonly Dictionary<string, int> ElementSizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F8_E5M2"] = 1, ["F8_E4M3"] = 1, ["I16"] = 2, ["U16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["I32"] = 4, ["U32"] = 4, [SafetensorsTensor.Float32] = 4, ["F64"] = 8, ["I64"] = 8, ["U64"] = 8,
    };

    /// <summary>Writes a file, tensors in the order of their names; it is written atomically.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Strings about them.</param>
    public static void Write(string path, IReadOnlyDictionary<string, SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var ordered = tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthSize];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in ordered)
            {
                stream.Write(tensor.Data.Span);
            }
        });
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidWeightsException">The file is missing or invalid; the message says why.</exception>
    public static IReadOnlyDictionary<string, SafetensorsTensor> Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InvalidWeightsException($"The file of weights '{path}' does not exist.");
        }
        if (file.Length > Array.MaxLength)
        {
            throw new InvalidWeightsException($"'{path}' has {file.Length} bytes; at most {Array.MaxLength} are supported.");
        }
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        // JSON strings are decoded lazily; invalid Unicode is then an InvalidOperationException.
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw new InvalidWeightsException($"'{path}' is not a safetensors file: {e.Message}", e);
        }
    }

    private static byte[] Header(List<KeyValuePair<string, SafetensorsTensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(Metadata);
            foreach (var (name, text) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, text);
            }
            json.WriteEndObject();
            var begin = 0L;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type);
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [begin, begin += tensor.Data.Length]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Trailing spaces, so that the elements begin at a multiple of eight bytes.
        var padding = (LengthSize - buffer.Length % LengthSize) % LengthSize;
        buffer.Write(Encoding.ASCII.GetBytes(new string(' ', (int)padding)));
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }

    private static Dictionary<string, SafetensorsTensor> Parse(byte[] bytes)
    {
        var length = bytes.Length < LengthSize ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > LargestHeader || (long)length > bytes.Length - LengthSize)
        {
            throw new FormatException($"it has {bytes.Length} bytes but a header of {length}; a header has at most {LargestHeader} bytes.");
        }
        var elements = bytes.AsMemory(LengthSize + (int)length);
        using var header = JsonDocument.Parse(bytes.AsMemory(LengthSize, (int)length), new JsonDocumentOptions { MaxDepth = 8 });
        var tensors = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
        var places = new List<(long Begin, long End, string Name)>();
        foreach (var entry in Members(header.RootElement, "the header"))
        {
            if (entry.Name == Metadata)
            {
                continue;
            }
            var (type, shape, begin, end) = Describe(entry);
            if (!ElementSizes.TryGetValue(type, out var size) || begin < 0 || begin > end || end > elements.Length || CountOf(shape) * size != end - begin)
            {
                throw new FormatException($"tensor '{entry.Name}' is {type} [{string.Join(", ", shape)}] from byte {begin} to {end} of {elements.Length}.");
            }
            if (!tensors.TryAdd(entry.Name, new SafetensorsTensor(type, shape, elements.Slice((int)begin, (int)(end - begin)))))
            {
                throw new FormatException($"tensor '{entry.Name}' occurs twice.");
            }
            places.Add((begin, end, entry.Name));
        }
        RequireNoHoles(places, elements.Length);
        return tensors;
    }

    private static (string Type, long[] Shape, long Begin, long End) Describe(JsonProperty entry)
    {
        var (type, shape, offsets) = ("", Array.Empty<long>(), Array.Empty<long>());
        foreach (var member in Members(entry.Value, $"tensor '{entry.Name}'"))
        {
            switch (member.Name)
            {
                case "dtype" when member.Value.ValueKind == JsonValueKind.String:
                    type = member.Value.GetString()!;
                    break;
                case "shape":
                    shape = Numbers(member);
                    break;
                case "data_offsets":
                    offsets = Numbers(member);
                    break;
                default:
                    throw new FormatException($"tensor '{entry.Name}' has the member '{member.Name}' as {member.Value.ValueKind}.");
            }
        }
        return offsets.Length == 2 ? (type, shape, offsets[0], offsets[1])
            : throw new FormatException($"tensor '{entry.Name}' has {offsets.Length} data_offsets; expected 2, a beginning and an end.");
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string what) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject() : throw new FormatException($"{what} is {element.ValueKind}; expected an object.");

    private static long[] Numbers(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"'{member.Name}' is {member.Value.ValueKind}; expected an array.");
        }
        return [.. member.Value.EnumerateArray().Select(number => number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value) && value >= 0
            ? value : throw new FormatException($"'{member.Name}' has the entry {number.GetRawText()}; expected whole numbers from 0."))];
    }

    // A double cannot overflow, and is exact for every size that it is compared with.
    private static double CountOf(long[] shape) => shape.Aggregate(1.0, (product, side) => product * side);

    private static void RequireNoHoles(List<(long Begin, long End, string Name)> places, long length)
    {
        var at = 0L;
        foreach (var (begin, end, name) in places.Order())
        {
            if (begin != at)
            {
                throw new FormatException($"tensor '{name}' begins at byte {begin}; the one before it ends at {at}.");
            }
            at = end;
        }
        if (at != length)
        {
            throw new FormatException($"its tensors end at byte {at} of {length}.");
        }
    }
}
