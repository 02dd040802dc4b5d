using Dreamer.Training.Export.Quantization;
using Xunit;

namespace Dreamer.Training.Tests.Export;

public sealed class PolicyDivergenceTests
{
    [Fact]
    public void Categorical_policies_are_as_far_apart_as_their_probabilities_say()
    {
        // Probabilities 1/2, 1/4, 1/4 and 1/4, 1/4, 1/2, whatever is added to the logits.
        var (half, quarter) = (MathF.Log(0.5f), MathF.Log(0.25f));
        float[] first = [half + 3, quarter + 3, quarter + 3], second = [quarter - 1, quarter - 1, half - 1];
        Assert.Equal(0.25 * Math.Log(2), PolicyDivergence.Categorical(first, second), 6);
        Assert.Equal(0, PolicyDivergence.Categorical(first, first), 7);
    }

    [Fact]
    public void Normal_policies_add_up_over_the_dimensions()
    {
        // N(1, 2) from N(0, 1): -ln 2 + (4 + 1) / 2 - 1/2; the second dimension is equal in both.
        Assert.Equal(2 - Math.Log(2), PolicyDivergence.Normal([1, 5], [2, 3], [0, 5], [1, 3]), 6);
    }
}
