using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Behavior;

public sealed class ReturnScaleTests
{
    [Fact]
    public void Is_the_range_between_the_percentiles()
    {
        var scale = new ReturnScale(new ReturnScaleOptions());
        // 0 to 200: the percentiles 5 and 95 are 10 and 190.
        scale.Add(arange(201, dtype: ScalarType.Float32).flip(0).reshape(3, 67));
        Assert.Equal(180, scale.Value, 1e-6);
    }

    [Fact]
    public void Lies_between_two_numbers_where_the_percentile_does()
    {
        var scale = new ReturnScale(new ReturnScaleOptions { Low = 0, High = 50 });
        scale.Add(tensor((float[])[0, 10, 20, 50]));
        Assert.Equal(15, scale.Value, 1e-6);
    }

    [Fact]
    public void Small_returns_are_not_made_larger()
    {
        var scale = new ReturnScale(new ReturnScaleOptions());
        Assert.Equal(1, scale.Value);
        scale.Add(tensor((float[])[0, 0.1f]));
        Assert.Equal(1, scale.Value);
    }

    [Fact]
    public void Follows_what_comes_and_is_saved()
    {
        var scale = new ReturnScale(new ReturnScaleOptions { Decay = 0.75, Low = 0, High = 100 });
        scale.Add(tensor((float[])[0, 8]));
        scale.Add(tensor((float[])[0, 4]));
        // (0.75 * 0.25 * 8 + 0.25 * 4) / (1 - 0.75^2).
        Assert.Equal(2.5 / 0.4375, scale.Value, 1e-6);

        var checkpoint = new Checkpoint();
        scale.Save(checkpoint);
        var other = new ReturnScale(new ReturnScaleOptions());
        other.Load(checkpoint);
        Assert.Equal(scale.Value, other.Value);
    }
}
