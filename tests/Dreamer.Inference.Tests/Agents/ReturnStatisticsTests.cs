using Xunit;

namespace Dreamer.Inference.Tests.Agents;

public class ReturnStatisticsTests
{
    [Fact]
    public void Mean_deviation_and_episodes_are_computed_and_written_in_one_form()
    {
        var statistics = ReturnStatistics.FromReturns([10, 14, 10, 14]);
        Assert.Equal(new ReturnStatistics(12, 2, 4), statistics);
        Assert.Equal("12.00 +- 2.00 over 4 episodes", statistics.ToString());
        Assert.Equal("12.00 +- 2.00 over 4 greedy episodes", statistics.ToString("greedy"));
        Assert.Equal("return 12.00 +- 2.00 over 4 sampled episodes", new EvaluationManifest(12, 2, 4, EvaluationManifest.Sampled).ToString());
    }
}
