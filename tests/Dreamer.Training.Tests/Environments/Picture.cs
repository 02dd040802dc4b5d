namespace Dreamer.Training.Tests.Environments;

/// <summary>A picture of 64x64 pixels, to ask what is where.</summary>
internal sealed class Picture : IEquatable<Picture>
{
    private const int Side = 64;

    private readonly byte[] _pixels;

    public Picture(byte[] pixels) => _pixels = (byte[])pixels.Clone();

    public (byte Red, byte Green, byte Blue) At(int x, int y)
    {
        var at = ((y * Side) + x) * 3;
        return (_pixels[at], _pixels[at + 1], _pixels[at + 2]);
    }

    /// <summary>The middle of all pixels of exactly a color.</summary>
    public (double X, double Y) CentreOf(byte red, byte green, byte blue)
    {
        var found = (from y in Enumerable.Range(0, Side) from x in Enumerable.Range(0, Side) where At(x, y) == (red, green, blue) select (x, y)).ToArray();
        return (found.Average(pixel => pixel.x + 0.5), found.Average(pixel => pixel.y + 0.5));
    }

    /// <summary>Left and right changed.</summary>
    public Picture Mirrored()
    {
        var pixels = new byte[_pixels.Length];
        for (var i = 0; i < Side * Side; i++)
        {
            var (y, x) = (i / Side, i % Side);
            _pixels.AsSpan(i * 3, 3).CopyTo(pixels.AsSpan(((y * Side) + (Side - 1 - x)) * 3));
        }
        return new Picture(pixels);
    }

    public bool Equals(Picture? other) => other is not null && _pixels.AsSpan().SequenceEqual(other._pixels);

    public override bool Equals(object? obj) => Equals(obj as Picture);

    public override int GetHashCode() => _pixels.Length;
}
