using AgentService.Load;
using Xunit;

namespace Dreamer.AgentService.Tests.Load;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_those_of_the_durations_within_two_percent()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 10_000; i++)
        {
            histogram.Add(i * 1e-5);
        }
        Assert.Equal(10_000, histogram.Count);
        foreach (var part in (double[])[0.01, 0.5, 0.9, 0.99, 0.999, 1])
        {
            Assert.InRange(histogram.Percentile(part), part * 0.1, part * 0.1 * 1.02);
        }
        Assert.Equal(0.1, histogram.Longest, 1e-6);
    }

    [Fact]
    public void None_and_extremes_are_no_trouble()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal(0, histogram.Percentile(0.99));
        histogram.Add(0);
        histogram.Add(3600);
        Assert.Equal(2, histogram.Count);
        Assert.InRange(histogram.Percentile(1), 300, 3600);
    }
}
