namespace Dreamer.Inference.Episodes;

/// <summary>The element types of NumPy arrays that episodes are made of, by their names in a file.</summary>
internal static class NpyType
{
    internal const string Byte = "|u1";
    internal const string Boolean = "|b1";
    internal const string Single = "<f4";

    /// <summary>Bytes of an element.</summary>
    /// <exception cref="InvalidEpisodeException">An episode does not have this type, for example Python objects, which only a pickle could read.</exception>
    internal static int Size(string type) => type switch
    {
        Byte or Boolean or "|i1" => 1,
        "<f2" or "<i2" or "<u2" => 2,
        Single or "<i4" or "<u4" => 4,
        "<f8" or "<i8" or "<u8" => 8,
        _ => throw new InvalidEpisodeException(
            $"has elements of type '{type}'; allowed are |b1, |u1, |i1, <f2, <f4, <f8, <i2, <i4, <i8, <u2, <u4 and <u8 (no pickled objects)"),
    };

    /// <summary>Reads an element as a number.</summary>
    internal static float ToSingle(ReadOnlySpan<byte> element, string type) => type switch
    {
        Single => BitConverter.ToSingle(element),
        "<f8" => (float)BitConverter.ToDouble(element),
        "<f2" => (float)BitConverter.ToHalf(element),
        Byte or Boolean => element[0],
        "|i1" => (sbyte)element[0],
        "<i2" => BitConverter.ToInt16(element),
        "<u2" => BitConverter.ToUInt16(element),
        "<i4" => BitConverter.ToInt32(element),
        "<u4" => BitConverter.ToUInt32(element),
        "<i8" => BitConverter.ToInt64(element),
        _ => BitConverter.ToUInt64(element),
    };
}
