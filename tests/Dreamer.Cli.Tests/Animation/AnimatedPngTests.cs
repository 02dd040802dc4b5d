using System.Buffers.Binary;
using Dreamer.Cli.Animation;
using SkiaSharp;
using Xunit;

namespace Dreamer.Cli.Tests.Animation;

public sealed class AnimatedPngTests
{
    private const int Width = 40;
    private const int Height = 30;

    [Fact]
    public void Frames_shown_one_over_the_other_are_the_pictures_that_were_added()
    {
        SKColor[][] dots = [[SKColors.Red, SKColors.Lime], [SKColors.Red, SKColors.Blue], [SKColors.Red, SKColors.Blue], [SKColors.Black, SKColors.White]];
        var film = Film(dots);

        using var screen = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var canvas = new SKCanvas(screen);
        var frames = Frames(film).ToArray();
        Assert.Equal(dots.Length, frames.Length);
        foreach (var (frame, colors) in frames.Zip(dots))
        {
            using var still = SKBitmap.Decode(frame);
            canvas.DrawBitmap(still, 0, 0);
            using var expected = Picture(colors);
            Assert.Equal(expected.GetPixelSpan(), screen.GetPixelSpan());
        }
    }

    [Fact]
    public void Chunks_stand_in_the_order_of_the_format_and_are_numbered_without_a_gap()
    {
        var chunks = PngChunk.Read(Film([[SKColors.Red], [SKColors.Lime], [SKColors.Blue]], milliseconds: 250));

        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"], chunks.Select(chunk => chunk.Name));
        Assert.Equal([3, 0], Numbers(chunks[1].Content));
        Assert.Equal([0, 1, 2, 3, 4], chunks.Where(chunk => chunk.Name is "fcTL" or "fdAT").Select(chunk => Numbers(chunk.Content)[0]));
        Assert.All(chunks.Where(chunk => chunk.Name == "fcTL"), chunk =>
        {
            Assert.Equal([Width, Height, 0, 0], Numbers(chunk.Content)[1..5]);
            Assert.Equal(0.25, BinaryPrimitives.ReadUInt16BigEndian(chunk.Content.AsSpan(20)) / (double)BinaryPrimitives.ReadUInt16BigEndian(chunk.Content.AsSpan(22)));
            Assert.Equal([0, 1], chunk.Content[24..]);
        });
    }

    [Fact]
    public void A_viewer_without_animation_sees_the_first_picture()
    {
        using var seen = SKBitmap.Decode(Film([[SKColors.Red, SKColors.Lime], [SKColors.Blue, SKColors.White]]));
        using var first = Picture([SKColors.Red, SKColors.Lime]);
        Assert.Equal(first.Pixels, seen.Pixels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(AnimatedPng.LongestFrameTime + 1)]
    public void A_time_that_the_format_has_no_room_for_is_refused(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnimatedPng(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Pictures_that_do_not_go_together_are_refused()
    {
        var film = new AnimatedPng(TimeSpan.FromSeconds(1));
        Assert.Throws<InvalidOperationException>(() => film.Write(Stream.Null));
        using var first = Picture([SKColors.Red]);
        film.Add(first);
        using var wider = new SKBitmap(Width + 1, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        Assert.Contains($"{Width} x {Height} pixels, this one {Width + 1} x {Height}", Assert.Throws<ArgumentException>(() => film.Add(wider)).Message, StringComparison.Ordinal);
        using var transparent = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        Assert.Contains("Premul", Assert.Throws<ArgumentException>(() => film.Add(transparent)).Message, StringComparison.Ordinal);
        Assert.Equal(1, film.Count);
    }

    private static byte[] Film(SKColor[][] pictures, int milliseconds = 200)
    {
        var film = new AnimatedPng(TimeSpan.FromMilliseconds(milliseconds));
        foreach (var colors in pictures)
        {
            using var picture = Picture(colors);
            film.Add(picture);
        }
        using var file = new MemoryStream();
        film.Write(file);
        return file.ToArray();
    }

    private static SKBitmap Picture(SKColor[] dots)
    {
        var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(SKColors.Gray);
        foreach (var (x, color) in dots.Index())
        {
            bitmap.SetPixel(x, 7, color);
        }
        return bitmap;
    }

    /// <summary>Each frame as a still file of its own, as a decoder sees it.</summary>
    private static IEnumerable<byte[]> Frames(byte[] film)
    {
        var chunks = PngChunk.Read(film);
        foreach (var chunk in chunks.Where(chunk => chunk.Name is "IDAT" or "fdAT"))
        {
            using var still = new MemoryStream();
            still.Write(PngChunk.Signature);
            chunks[0].Write(still);
            new PngChunk("IDAT", chunk.Name == "fdAT" ? chunk.Content[sizeof(int)..] : chunk.Content).Write(still);
            chunks[^1].Write(still);
            yield return still.ToArray();
        }
    }

    private static int[] Numbers(byte[] content) =>
        [.. Enumerable.Range(0, content.Length / sizeof(int)).Select(i => BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(i * sizeof(int))))];
}
