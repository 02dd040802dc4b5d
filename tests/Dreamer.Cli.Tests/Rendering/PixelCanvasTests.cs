using Dreamer.Cli.Rendering;
using Dreamer.Inference;
using Xunit;

namespace Dreamer.Cli.Tests.Rendering;

public class PixelCanvasTests
{
    [Theory]
    [InlineData(10, 10, 49, 26, true, 4)]
    [InlineData(10, 10, 49, 12, true, 2)]
    [InlineData(10, 10, 49, 26, false, 2)]
    [InlineData(64, 64, 32, 100, true, 0.5)]
    public void An_image_is_drawn_as_large_as_there_is_room_in_whole_pixels(int imageHeight, int imageWidth, int columns, int lines, bool isUnicode, float expected) =>
        Assert.Equal(expected, PixelCanvas.Scale(new ImageShape(imageHeight, imageWidth, 3), columns, lines, isUnicode));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 3)]
    public void Where_there_is_no_room_something_is_drawn_still(int columns, int lines)
    {
        var shape = new ImageShape(4, 6, 1);
        var canvas = PixelCanvas.Draw(new byte[24], shape, PixelCanvas.Scale(shape, columns, lines, isUnicode: true));
        Assert.Equal((1, 1), (canvas.Width, canvas.Height));
    }

    [Fact]
    public void A_canvas_has_the_size_that_its_scale_says()
    {
        var large = PixelCanvas.Draw(new byte[24], new ImageShape(4, 6, 1), 3);
        Assert.Equal((18, 12), (large.Width, large.Height));
        var small = PixelCanvas.Draw(new byte[24], new ImageShape(4, 6, 1), 0.5f);
        Assert.Equal((3, 2), (small.Width, small.Height));
    }
}
