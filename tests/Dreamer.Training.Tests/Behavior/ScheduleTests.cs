using System.Text.Json;
using Dreamer.Training.Behavior;
using Dreamer.Training.Options;
using Xunit;

namespace Dreamer.Training.Tests.Behavior;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0.1", 0, 0.1)]
    [InlineData(" 2e-3 ", 1_000_000, 2e-3)]
    [InlineData("linear(0.1,0,2.5e6)", 0, 0.1)]
    [InlineData("linear(0.1,0,2.5e6)", 625_000, 0.075)]
    [InlineData("linear(0.1, 0, 2.5e6)", 9_000_000, 0)]
    [InlineData("warmup(100,3)", 25, 0.75)]
    [InlineData("warmup(100,3)", 200, 3)]
    [InlineData("exp(1,0.2,10)", 0, 1)]
    [InlineData("exp(1,0.2,10)", 20, 0.4)]
    [InlineData("horizon(10,100,1000)", 0, 0.9)]
    [InlineData("horizon(10,100,1000)", 500, 1 - 1 / 55.0)]
    [InlineData("horizon(10,100,1000)", 5000, 0.99)]
    public void A_schedule_has_the_references_values(string text, long step, double expected) =>
        Assert.Equal(expected, Schedule.Parse(text).At(step), 12);

    [Theory]
    [InlineData("")]
    [InlineData("nan")]
    [InlineData("linear(1,2)")]
    [InlineData("linear(1,2,0)")]
    [InlineData("linear(1,2,x)")]
    [InlineData("linear(1,2,3")]
    [InlineData("horizon(0,2,3)")]
    [InlineData("cosine(1,2,3)")]
    public void Anything_else_is_refused_with_what_there_is(string text)
    {
        var error = Assert.Throws<FormatException>(() => Schedule.Parse(text));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("warmup(steps,value)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("linear(1,0,5)", "\"linear(1,0,5)\"")]
    public void Json_is_a_number_where_it_never_changes(string text, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(Schedule.Parse(text), OptionsJson.Default.Schedule));
        Assert.Equal(Schedule.Parse(text), JsonSerializer.Deserialize(json, OptionsJson.Default.Schedule));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("\"linear(1)\"", OptionsJson.Default.Schedule));
    }

    [Fact]
    public void Options_refuse_schedules_that_leave_their_range_and_name_each()
    {
        var options = new DreamerOptions
        {
            Behavior = new() { ActorGradientMix = "linear(0.5,1.5,10)", EntropyScale = "linear(0.1,-0.1,10)", TargetFraction = 0, RewardNorm = new() { Momentum = 2 } },
        };
        var errors = options.Errors();
        foreach (var name in (string[])["ActorGradientMix", "EntropyScale", "TargetFraction", "RewardNorm.Momentum"])
        {
            Assert.Contains(errors, error => error.StartsWith($"Behavior.{name} is", StringComparison.Ordinal));
        }
    }
}
