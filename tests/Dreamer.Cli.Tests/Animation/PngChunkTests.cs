using Dreamer.Cli.Animation;
using Xunit;

namespace Dreamer.Cli.Tests.Animation;

public class PngChunkTests
{
    [Fact]
    public void An_empty_chunk_has_the_bytes_that_every_png_ends_with()
    {
        using var file = new MemoryStream();
        new PngChunk("IEND", []).Write(file);
        Assert.Equal([0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82], file.ToArray());
    }

    [Fact]
    public void What_is_damaged_or_cut_off_or_no_png_is_refused()
    {
        using var file = new MemoryStream();
        file.Write(PngChunk.Signature);
        new PngChunk("tEXt", [1, 2, 3]).Write(file);
        var whole = file.ToArray();
        Assert.Equal([1, 2, 3], Assert.Single(PngChunk.Read(whole)).Content);

        Assert.Contains("Not a PNG", Assert.Throws<InvalidDataException>(() => PngChunk.Read([1, 2, 3])).Message, StringComparison.Ordinal);
        for (var length = PngChunk.Signature.Length + 1; length < whole.Length; length++)
        {
            Assert.Contains("truncated in chunk", Assert.Throws<InvalidDataException>(() => PngChunk.Read(whole.AsSpan(0, length))).Message, StringComparison.Ordinal);
        }
        whole[^5]++;
        Assert.Contains("tEXt, is damaged", Assert.Throws<InvalidDataException>(() => PngChunk.Read(whole)).Message, StringComparison.Ordinal);
    }
}
