using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Dreamer.Cli.Animation;

/// <summary>Collects frames and writes them as one animated PNG that loops.</summary>
/// <remarks>
/// <para>Skia only encodes still PNGs, so its output is repacked into animation chunks. Each frame after the first stores only the pixels that
/// changed and is transparent elsewhere, which makes the file about a third smaller without changing a color. Skia's WebP encoder only has its
/// fastest setting and would need four times the space. A viewer without APNG support shows the first frame.
/// Source: the PNG specification, third edition, https://www.w3.org/TR/png-3/#apng-frame-based-animation.</para>
/// <para>Not thread-safe. The caller keeps ownership of the pictures it adds.</para>
/// </remarks>
/// <param name="frameTime">How long each frame is shown: 1 to <see cref="LongestFrameTime"/> milliseconds.</param>
internal sealed class AnimatedPng(TimeSpan frameTime)
{
    /// <summary>The file extension.</summary>
    internal const string Extension = ".png";

    /// <summary>The longest frame time, in milliseconds: the format stores it in 16 bits.</summary>
    internal const int LongestFrameTime = ushort.MaxValue;

    private const byte KeepBelow = 0; // APNG_DISPOSE_OP_NONE
    private const byte DrawOver = 1; // APNG_BLEND_OP_OVER
    private const int SmallestFile = 9; // zlib's level

    private readonly int _milliseconds = frameTime.TotalMilliseconds is >= 1 and <= LongestFrameTime
        ? (int)frameTime.TotalMilliseconds
        : throw new ArgumentOutOfRangeException(nameof(frameTime), frameTime, $"The frame time must be from 1 to {LongestFrameTime} milliseconds.");

    private readonly List<byte[]> _pixels = [];
    private PngChunk _header;
    private SKSizeI _size;
    private uint[] _shown = [];

    /// <summary>The number of frames added.</summary>
    internal int Count => _pixels.Count;

    /// <summary>Adds a frame.</summary>
    /// <param name="picture">An opaque RGBA picture with 8 bits per channel, the same size as the other frames.</param>
    /// <exception cref="ArgumentException">The size differs from the first frame's, or the pixel format is not opaque RGBA.</exception>
    internal void Add(SKBitmap picture)
    {
        if (picture is not { ColorType: SKColorType.Rgba8888, AlphaType: SKAlphaType.Opaque })
        {
            throw new ArgumentException($"The picture is {picture.ColorType}, {picture.AlphaType}; allowed: {SKColorType.Rgba8888}, {SKAlphaType.Opaque}.", nameof(picture));
        }
        var size = picture.Info.Size;
        if (Count > 0 && size != _size)
        {
            throw new ArgumentException(
                $"All frames must have the same size: the first has {_size.Width} x {_size.Height} pixels, this one {size.Width} x {size.Height}.", nameof(picture));
        }
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan()).ToArray();
        var chunks = PngChunk.Read(Encode(Count == 0 ? pixels : ChangedPixels(pixels), size));
        _header = chunks[0];
        _pixels.Add([.. chunks.Where(chunk => chunk.Name == "IDAT").SelectMany(chunk => chunk.Content)]);
        (_size, _shown) = (size, pixels);
    }

    /// <summary>Writes the animation.</summary>
    /// <param name="stream">The output; it need not be seekable.</param>
    /// <exception cref="InvalidOperationException">No frame was added.</exception>
    internal void Write(Stream stream)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("An animation needs at least one frame.");
        }
        stream.Write(PngChunk.Signature);
        _header.Write(stream);
        const int loopForever = 0;
        new PngChunk("acTL", BigEndian(Count, loopForever)).Write(stream);
        // fcTL and fdAT chunks share one sequence. The first frame's pixels are the still image's IDAT and have no number.
        var sequence = 0;
        foreach (var (frame, pixels) in _pixels.Index())
        {
            new PngChunk("fcTL", FrameHeader(sequence++)).Write(stream);
            (frame == 0 ? new PngChunk("IDAT", pixels) : new PngChunk("fdAT", [.. BigEndian(sequence++), .. pixels])).Write(stream);
        }
        new PngChunk("IEND", []).Write(stream);
    }

    private uint[] ChangedPixels(uint[] pixels)
    {
        const uint transparent = 0;
        var changed = new uint[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            changed[i] = pixels[i] == _shown[i] ? transparent : pixels[i];
        }
        return changed;
    }

    /// <summary>Encodes a still PNG. Even the opaque first frame has an alpha channel, because all frames share one header.</summary>
    private static byte[] Encode(uint[] pixels, SKSizeI size)
    {
        using var bitmap = new SKBitmap(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        MemoryMarshal.AsBytes(pixels.AsSpan()).CopyTo(bitmap.GetPixelSpan());
        using var view = bitmap.PeekPixels();
        // Flat areas compress best unfiltered.
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
