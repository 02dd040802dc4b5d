using Dreamer.Cli.Reporting;
using Dreamer.Inference;
using SkiaSharp;
using Xunit;

namespace Dreamer.Cli.Tests.Reporting;

public class ObservationPictureTests
{
    [Fact]
    public void Gray_and_colour_come_back_pixel_by_pixel()
    {
        using var gray = SKBitmap.Decode(ObservationPicture.ToPng([0, 128, 255, 7, 8, 9], new ImageShape(3, 2, 1)));
        Assert.Equal((2, 3), (gray.Width, gray.Height));
        Assert.Equal(new SKColor(128, 128, 128), gray.GetPixel(1, 0));
        Assert.Equal(new SKColor(9, 9, 9), gray.GetPixel(1, 2));
        using var colour = SKBitmap.Decode(ObservationPicture.ToPng([1, 2, 3, 4, 5, 6], new ImageShape(1, 2, 3)));
        Assert.Equal(new SKColor(4, 5, 6), colour.GetPixel(1, 0));
    }

    [Fact]
    public void Layers_of_a_grid_are_told_apart()
    {
        using var grid = SKBitmap.Decode(ObservationPicture.ToPng([255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0], new ImageShape(1, 3, 4)));
        Assert.Equal(3, Enumerable.Range(0, 3).Select(x => grid.GetPixel(x, 0)).Distinct().Count());
        Assert.Equal(SKColors.Black, grid.GetPixel(2, 0));
    }
}
