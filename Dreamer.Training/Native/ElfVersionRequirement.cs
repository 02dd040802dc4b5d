using System.Buffers.Binary;
using System.Text;

namespace Dreamer.Training.Native;

/// <summary>Edits the symbol-version requirements (<c>.gnu.version_r</c>) of a 64-bit little-endian ELF library in memory.</summary>
/// <remarks>Layout: System V gABI, and the LSB's "Symbol Versioning" chapter.</remarks>
internal static class ElfVersionRequirement
{
    private const uint SectionTypeVersionNeed = 0x6ffffffe;
    private const ushort FlagWeak = 2;

    /// <summary>Marks every requirement for <paramref name="version"/> as weak, so that the dynamic linker ignores it.</summary>
    /// <returns>Whether there was one.</returns>
    internal static bool TryMakeWeak(Span<byte> elf, string version)
    {
        if (elf.Length < 64 || !elf[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            return false;
        }

        var wanted = Encoding.ASCII.GetBytes(version + '\0');
        var (table, entrySize, count) = ((int)U64(elf, 0x28), (int)U16(elf, 0x3A), (int)U16(elf, 0x3C));
        var found = false;
        for (var i = 0; i < count; i++)
        {
            var section = table + (i * entrySize);
            if (U32(elf, section + 4) != SectionTypeVersionNeed)
            {
                continue;
            }

            var strings = (int)U64(elf, table + ((int)U32(elf, section + 40) * entrySize) + 24);
            found |= MakeWeak(elf, (int)U64(elf, section + 24), (int)U32(elf, section + 44), strings, wanted);
        }
        return found;
    }

    private static bool MakeWeak(Span<byte> elf, int need, int needs, int strings, ReadOnlySpan<byte> wanted)
    {
        var found = false;
        for (var i = 0; i < needs; i++)
        {
            var auxiliary = need + (int)U32(elf, need + 8);
            for (var j = 0; j < U16(elf, need + 2); j++)
            {
                if (elf.Slice(strings + (int)U32(elf, auxiliary + 8), wanted.Length).SequenceEqual(wanted))
                {
                    var flags = elf.Slice(auxiliary + 4, 2);
                    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(U16(elf, auxiliary + 4) | FlagWeak));
                    found = true;
                }
                auxiliary += (int)U32(elf, auxiliary + 12);
            }
            need += (int)U32(elf, need + 12);
        }
        return found;
    }

    private static ushort U16(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf[at..]);

    private static uint U32(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf[at..]);

    private static ulong U64(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadUInt64LittleEndian(elf[at..]);
}
