using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Dreamer.Inference.Noise;
using Xunit;

namespace Dreamer.Inference.Tests.Noise;

public class Philox4x32Tests
{
    /// <summary>The known answers that the authors publish with their library (Random123, kat_vectors).</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffffffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0a4093822, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Gives_the_published_answers(uint c0, uint c1, uint c2, uint c3, ulong key, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox4x32.Block(c0, c1, c2, c3, key));

    [Theory]
    [InlineData(0, 1, 2, 3, 0x1234567890abcdef)]
    [InlineData(0xfffffffc, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffffffffffff)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0a4093822)]
    public void Four_blocks_at_once_are_four_blocks(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        Assert.SkipUnless(Avx2.IsSupported, "the processor has no AVX2");
        var expected = Enumerable.Range(0, 4).SelectMany(i =>
        {
            var (x0, x1, x2, x3) = Philox4x32.Block(c0 + (uint)i, c1, c2, c3, key);
            return new[] { x0, x1, x2, x3 };
        });

        var (first, second) = Philox4x32.FourBlocks(c0, c1, c2, c3, key);

        var found = new uint[16];
        first.CopyTo(found);
        second.CopyTo(found, 8);
        Assert.Equal(expected, found);
    }
}
