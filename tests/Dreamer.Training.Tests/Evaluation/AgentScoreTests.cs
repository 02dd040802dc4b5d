using Dreamer.Training.Evaluation;
using Xunit;

namespace Dreamer.Training.Tests.Evaluation;

public class AgentScoreTests
{
    [Fact]
    public void Says_mean_deviation_and_episodes() =>
        Assert.Equal("return 12.00 +- 2.00 over 4 episodes", new AgentScore([10, 14, 10, 14]).ToString());
}
