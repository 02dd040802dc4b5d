using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dreamer.Inference.Episodes;

/// <summary>Reads and writes NumPy's <c>.npy</c> format, versions 1.0 to 3.0, in C order and little-endian.</summary>
/// <remarks>Format: numpy.lib.format in NumPy's documentation. Nothing is allocated for data that the header only claims.</remarks>
internal static partial class NpyFormat
{
    private const int LongestHeader = 1 << 14;

    /// <summary>Writes the header of an array.</summary>
    internal static void WriteHeader(Stream stream, string type, IReadOnlyList<int> shape)
    {
        var sides = shape.Count == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sides}), }}";
        // The header ends in a line feed and pads the data to 64 bytes.
        header = header.PadRight(((Magic.Length + 4 + header.Length + 1 + 63) / 64 * 64) - Magic.Length - 4 - 1) + '\n';
        Span<byte> length = stackalloc byte[4];
        length[0] = 1;
        length[1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(length[2..], (ushort)header.Length);
        stream.Write(Magic);
        stream.Write(length);
        stream.Write(Encoding.ASCII.GetBytes(header));
    }

    /// <summary>Reads an array.</summary>
    /// <param name="stream">The stream to read.</param>
    /// <param name="length">The stream's length in bytes.</param>
    /// <param name="withData">Whether to read the elements, or only type and shape.</param>
    /// <exception cref="InvalidEpisodeException">It is not a supported array; the message continues the array's name.</exception>
    internal static NpyArray Read(Stream stream, long length, bool withData = true)
    {
        Span<byte> prefix = stackalloc byte[12];
        ReadExactly(stream, prefix[..8]);
        if (!prefix[..6].SequenceEqual(Magic) || prefix[6] is < 1 or > 3)
        {
            throw new InvalidEpisodeException("is not a NumPy array of version 1 to 3");
        }

        var wide = prefix[6] > 1;
        ReadExactly(stream, prefix.Slice(8, wide ? 4 : 2));
        var headerLength = wide ? BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]);
        if (headerLength > LongestHeader)
        {
            throw new InvalidEpisodeException($"has a header of {headerLength} bytes; at most {LongestHeader} are read");
        }

        var header = new byte[headerLength];
        ReadExactly(stream, header);
        var (type, shape) = Parse(Encoding.UTF8.GetString(header));
        var claimed = shape.Aggregate((double)NpyType.Size(type), (product, side) => product * side);
        var left = length - (wide ? 12 : 10) - headerLength;
        if (claimed != left)
        {
            throw new InvalidEpisodeException($"declares {type} of shape ({string.Join(", ", shape)}), {claimed:0} bytes, but {left} bytes follow");
        }

        var data = new byte[withData ? left : 0];
        ReadExactly(stream, data);
        return new NpyArray(type, shape, data);
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static (string Type, int[] Shape) Parse(string header)
    {
        var type = TypePattern().Match(header);
        var shape = ShapePattern().Match(header);
        var order = OrderPattern().Match(header);
        if (!type.Success || !shape.Success || !order.Success)
        {
            throw new InvalidEpisodeException($"has the header '{Clip(header)}'; descr, fortran_order and shape are expected");
        }
        var sides = shape.Groups["value"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var parsed = new int[sides.Length];
        for (var i = 0; i < sides.Length; i++)
        {
            if (!int.TryParse(sides[i], NumberStyles.None, CultureInfo.InvariantCulture, out parsed[i]))
            {
                throw new InvalidEpisodeException($"has a shape with the side '{Clip(sides[i])}'; 0 to {int.MaxValue} is allowed");
            }
        }
        // A single dimension is in both orders at once.
        return order.Groups["value"].Value == "False" || parsed.Length < 2
            ? (type.Groups["value"].Value, parsed)
            : throw new InvalidEpisodeException("is in Fortran order; only C order is read: save numpy.ascontiguousarray of it");
    }

    private static string Clip(string text) => text.Length <= 80 ? text.Trim() : text[..80] + "...";

    private static void ReadExactly(Stream stream, Span<byte> buffer)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw new InvalidEpisodeException("is cut off");
        }
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"](?<value>[^'"]{1,16})['"]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypePattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(?<value>True|False)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\((?<value>[0-9, L]*)\)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShapePattern();
}
