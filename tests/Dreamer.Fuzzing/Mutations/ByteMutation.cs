namespace Dreamer.Fuzzing.Mutations;

/// <summary>Damages a file without knowing what it is.</summary>
internal static class ByteMutation
{
    private const int LongestPiece = 64;

    internal static byte[] Of(byte[] source, Random random)
    {
        if (source.Length == 0)
        {
            return [(byte)random.Next(256)];
        }
        var at = random.Next(source.Length);
        var piece = Math.Min(random.Next(1, LongestPiece), source.Length - at);
        switch (random.Next(5))
        {
            case 0:
                return source[..at];
            case 1:
                return [.. source[..at], .. source[(at + piece)..]];
            case 2:
                return [.. source[..(at + piece)], .. source[at..]];
            case 3:
                var noise = new byte[piece];
                random.NextBytes(noise);
                return [.. source[..at], .. noise, .. source[(at + piece)..]];
            default:
                var flipped = source.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
        }
    }
}
