using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Dreamer.Cli.Animation;

/// <summary>Gathers pictures and writes them as one animated PNG that plays in a loop.</summary>
/// <remarks>
/// <para>Skia encodes still pictures alone; what it encodes goes into the animation's chunks. A picture after the first holds what is new in it and is
/// transparent elsewhere, which makes a film a good third smaller; as a pixel is either, no colour changes. Skia's WebP, which it encodes in its
/// fastest way only, would take four times the room. A viewer that knows no animation shows the first picture.
/// Source: the PNG specification, third edition, https://www.w3.org/TR/png-3/#apng-frame-based-animation.</para>
/// <para>Not thread-safe. The pictures that are added stay their owner's.</para>
/// </remarks>
/// <param name="frameTime">How long a picture is shown: from 1 to <see cref="LongestFrameTime"/> milliseconds.</param>
internal sealed class AnimatedPng(TimeSpan frameTime)
{
    /// <summary>The ending of its files.</summary>
    internal const string Extension = ".png";

    /// <summary>The longest that a picture is shown, in milliseconds: the format keeps it in 16 bits.</summary>
    internal const int LongestFrameTime = ushort.MaxValue;

    private const byte KeepBelow = 0; // APNG_DISPOSE_OP_NONE
    private const byte DrawOver = 1; // APNG_BLEND_OP_OVER
    private const int SmallestFile = 9; // zlib's level

    private readonly int _milliseconds = frameTime.TotalMilliseconds is >= 1 and <= LongestFrameTime
        ? (int)frameTime.TotalMilliseconds
        : throw new ArgumentOutOfRangeException(nameof(frameTime), frameTime, $"A picture is shown for 1 to {LongestFrameTime} milliseconds.");

    private readonly List<byte[]> _pixels = [];
    private PngChunk _header;
    private SKSizeI _size;
    private uint[] _shown = [];

    /// <summary>How many pictures were added.</summary>
    internal int Count => _pixels.Count;

    /// <summary>Adds a picture.</summary>
    /// <param name="picture">An opaque picture of 8 bits a channel, as large as the others.</param>
    /// <exception cref="ArgumentException">It has another size than the first, another layout, or transparent parts.</exception>
    internal void Add(SKBitmap picture)
    {
        if (picture is not { ColorType: SKColorType.Rgba8888, AlphaType: SKAlphaType.Opaque })
        {
            throw new ArgumentException($"A picture is {SKColorType.Rgba8888} and opaque; this one is {picture.ColorType}, {picture.AlphaType}.", nameof(picture));
        }
        var size = picture.Info.Size;
        if (Count > 0 && size != _size)
        {
            throw new ArgumentException(
                $"The pictures of an animation are of one size: the first has {_size.Width} x {_size.Height} pixels, this one {size.Width} x {size.Height}.", nameof(picture));
        }
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan()).ToArray();
        var chunks = PngChunk.Read(Encode(Count == 0 ? pixels : NewIn(pixels), size));
        _header = chunks[0];
        _pixels.Add([.. chunks.Where(chunk => chunk.Name == "IDAT").SelectMany(chunk => chunk.Content)]);
        (_size, _shown) = (size, pixels);
    }

    /// <summary>Writes what was added.</summary>
    /// <param name="stream">Where to; it need not seek.</param>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    internal void Write(Stream stream)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("An animation has at least one picture.");
        }
        stream.Write(PngChunk.Signature);
        _header.Write(stream);
        const int forEver = 0;
        new PngChunk("acTL", BigEndian(Count, forEver)).Write(stream);
        // One sequence for what the format has added: the frames' headers, and their pixels but for the first's, which are the still picture's.
        var sequence = 0;
        foreach (var (frame, pixels) in _pixels.Index())
        {
            new PngChunk("fcTL", FrameHeader(sequence++)).Write(stream);
            (frame == 0 ? new PngChunk("IDAT", pixels) : new PngChunk("fdAT", [.. BigEndian(sequence++), .. pixels])).Write(stream);
        }
        new PngChunk("IEND", []).Write(stream);
    }

    private uint[] NewIn(uint[] pixels)
    {
        const uint transparent = 0;
        var changed = new uint[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            changed[i] = pixels[i] == _shown[i] ? transparent : pixels[i];
        }
        return changed;
    }

    /// <summary>A still PNG with alpha: also of the first picture, which has none, as one header stands for all.</summary>
    private static byte[] Encode(uint[] pixels, SKSizeI size)
    {
        using var bitmap = new SKBitmap(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        MemoryMarshal.AsBytes(pixels.AsSpan()).CopyTo(bitmap.GetPixelSpan());
        using var view = bitmap.PeekPixels();
        // Flat areas are found again as they are; a filter would only hide them.
        using var png = view.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, SmallestFile))
            ?? throw new InvalidOperationException($"Skia cannot encode a picture of {size.Width} x {size.Height} pixels.");
        return png.ToArray();
    }

    private byte[] FrameHeader(int sequence)
    {
        const int left = 0, top = 0, millisecondsPerSecond = 1000;
        return [.. BigEndian(sequence, _size.Width, _size.Height, left, top, (_milliseconds << 16) | millisecondsPerSecond), KeepBelow, DrawOver];
    }

    private static byte[] BigEndian(params ReadOnlySpan<int> numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(int)];
        foreach (var (i, number) in numbers.ToArray().Index())
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * sizeof(int)), number);
        }
        return bytes;
    }
}
