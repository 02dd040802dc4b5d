using Dreamer.Training.Health;
using Dreamer.Training.Networks;
using Dreamer.Training.Telemetry;
using Xunit;

namespace Dreamer.Training.Tests.Health;

public sealed class RunHealthTests
{
    private static readonly DreamerOptions Options = new()
    {
        Networks = new NetworkOptions { Stoch = 8, Classes = 8 }, WorldModel = new() { FreeNats = 1 },
    };

    [Theory]
    [InlineData(MetricNames.PosteriorEntropy, 0.1, 5, "nearly certain whatever is seen")]
    [InlineData(MetricNames.ModelKl, 0.9, 20, "below the 1 that are free")]
    [InlineData(MetricNames.ActorEntropy, 0.01, 5, "no longer explores")]
    [InlineData(MetricNames.VectorLoss, 1e9, 5, "SymlogVectors")]
    [InlineData(MetricNames.RewardLoss, 1e4, 5, "rewards are too large")]
    [InlineData(MetricNames.TrainTerminal, 0, 20, "all episodes end by time")]
    public void A_sign_that_lasts_is_said_once_with_its_number_and_the_cure(string metric, double ill, int lines, string cure)
    {
        var health = new RunHealth(Options, vectorSize: 3, discreteActions: 4);
        var said = Enumerable.Range(1, 3 * lines).SelectMany(line => health.Read(line, Line(metric, ill))).ToList();
        var notice = Assert.Single(said);
        Assert.Equal(metric, notice.Metric);
        Assert.Contains(cure, notice.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{metric} at update {lines}: ", notice.Message, StringComparison.Ordinal);
        Assert.Contains("docs/troubleshooting.md", notice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_healthy_run_a_spike_and_a_policy_that_earns_say_nothing()
    {
        var health = new RunHealth(Options, vectorSize: 3, discreteActions: 4);
        for (var line = 1; line < 100; line++)
        {
            Assert.Empty(health.Read(line, line % 5 == 0 ? Line(MetricNames.RewardLoss, 1e6) : Line(MetricNames.RewardLoss, 1)));
        }
        // A policy may be certain once it is good.
        var earning = new RunHealth(Options, 3, 4);
        for (var line = 1; line < 50; line++)
        {
            Assert.Empty(earning.Read(line, [new(MetricNames.ActorEntropy, 0.001), new(MetricNames.TrainReturn, line)]));
        }
    }

    [Fact]
    public void What_has_no_such_part_is_not_judged_by_it()
    {
        var options = Options with { Networks = new NetworkOptions { Latent = LatentKind.Gaussian, ConstantDiscount = 0.99 }, WorldModel = new() };
        var health = new RunHealth(options, vectorSize: 0, discreteActions: 0);
        for (var line = 1; line < 100; line++)
        {
            Assert.Empty(health.Read(
                line,
                [
                    new(MetricNames.PosteriorEntropy, -9), new(MetricNames.ModelKl, 0), new(MetricNames.ActorEntropy, -9), new(MetricNames.TrainReturn, 0),
                    new(MetricNames.TrainTerminal, 0),
                ]));
        }
    }

    [Fact]
    public void A_resumed_run_continues_where_it_was()
    {
        var first = new RunHealth(Options, 3, 4);
        for (var line = 1; line <= 3; line++)
        {
            Assert.Empty(first.Read(line, Line(MetricNames.RewardLoss, 1e4)));
        }
        var second = new RunHealth(Options, 3, 4, first.State);
        Assert.Empty(second.Read(4, Line(MetricNames.RewardLoss, 1e4)));
        Assert.Single(second.Read(5, Line(MetricNames.RewardLoss, 1e4)));
        Assert.Empty(new RunHealth(Options, 3, 4, second.State).Read(6, Line(MetricNames.RewardLoss, 1e4)));
    }

    private static KeyValuePair<string, double>[] Line(string metric, double value) =>
    [
        .. new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [MetricNames.PosteriorEntropy] = 5, [MetricNames.ModelKl] = 2, [MetricNames.ActorEntropy] = 1, [MetricNames.VectorLoss] = 4, [MetricNames.RewardLoss] = 1,
            [MetricNames.TrainTerminal] = 1, [MetricNames.TrainReturn] = 0, [metric] = value,
        },
    ];
}
