using Dreamer.Training.Distributions;
using Dreamer.Training.Exploration;
using Dreamer.Training.WorldModel;
using Xunit;

namespace Dreamer.Training.Tests.Options;

public sealed class OptionOverridesTests
{
    [Fact]
    public void Any_option_can_be_set_by_its_path()
    {
        var options = OptionOverrides.Apply(
            DreamerPresets.Catch,
            [
                "WorldModel.KlScale=0.25", "behavior.actoroptimizer.learningrate = 3e-4", "Networks.Deter=64", "Replay.PrioritizeEnds=false",
                "WorldModel.RewardTransform=tanh", "Evaluation.TargetReturn=null", "Preset=5", "WorldModel.Optimizer.ClipNorm=Infinity",
                "Replay.MinLength=3", "Seed=18446744073709551615", "MaxUpdates=1", "MaxUpdates=7",
                "Behavior.EntropyScale=linear(3e-3,3e-4,1000)", "Exploration.Behavior=plan2explore",
            ]);
        Assert.Equal(
            DreamerPresets.Catch with
            {
                Preset = "5",
                Seed = ulong.MaxValue,
                MaxUpdates = 7,
                Networks = DreamerPresets.Catch.Networks with { Deter = 64 },
                WorldModel = DreamerPresets.Catch.WorldModel with
                {
                    KlScale = 0.25,
                    RewardTransform = RewardTransform.Tanh,
                    Optimizer = DreamerPresets.Catch.WorldModel.Optimizer with { ClipNorm = double.PositiveInfinity },
                },
                Behavior = DreamerPresets.Catch.Behavior with
                {
                    ActorOptimizer = DreamerPresets.Catch.Behavior.ActorOptimizer with { LearningRate = 3e-4 },
                    EntropyScale = "linear(3e-3,3e-4,1000)",
                },
                Replay = DreamerPresets.Catch.Replay with { PrioritizeEnds = false, MinLength = 3 },
                Evaluation = DreamerPresets.Catch.Evaluation with { TargetReturn = null },
                Exploration = new() { Behavior = ExplorationBehavior.Plan2Explore },
            },
            options);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => OptionOverrides.Apply(
            DreamerPresets.Catch,
            [
                "WorldModel.KlScal=1", "Colour=red", "WorldModel=1", "Seed.Low=1", "KlScale", "=5", "Networks.Deter=many", "Replay.PrioritizeEnds=2",
                "WorldModel.RewardTransform=cube", "Evaluation.TargetReturn=high", "Discount=1.5", "Replay.BatchSize=0", "Networks.LatentSize=3",
                "Behavior.EntropyScale=often", "Networks.ActionStd=wide", "Networks.ActionStd.Kind=1", "Exploration.Heads=1",
            ]));
        string[] expected =
        [
            "There is no option 'WorldModel.KlScal'. WorldModel has: KlScale, KlBalance,",
            "There is no option 'Colour'. The options are: Preset, Algorithm, Environment,",
            "There is no option 'WorldModel'. WorldModel has: KlScale,",
            "There is no option 'Seed.Low'. Seed has no options of its own; it is a whole number.",
            "'KlScale' is not of the form path=value",
            "'=5' is not of the form path=value",
            "Networks.Deter cannot be 'many'; it is a whole number.",
            "Replay.PrioritizeEnds cannot be '2'; it is true or false.",
            "WorldModel.RewardTransform cannot be 'cube'; it is one of Identity, Tanh, Sign.",
            "Evaluation.TargetReturn cannot be 'high'; it is a number or null.",
            "Discount is 1.5; it must be in (0, 1].",
            "Replay.BatchSize is 0; it must be at least 1.",
            "There is no option 'Networks.LatentSize'. Networks has: Deter,",
            "Behavior.EntropyScale cannot be 'often'; it is a number, linear(from,to,steps),",
            "Networks.ActionStd cannot be 'wide'; it is null, or a JSON object with all of {\"Kind\": ..., ",
            "There is no option 'Networks.ActionStd.Kind'. Networks.ActionStd has: Kind,",
            "Exploration.Heads is 1; it must be at least 2.",
        ];
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("LatentSize,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_the_replay_are_checked_against_each_other()
    {
        var error = Assert.Throws<ArgumentException>(() => OptionOverrides.Apply(
            DreamerPresets.Catch, ["Replay.MaxLength=11", "Replay.MinLength=12", "Replay.CapacityBytes=0", "Replay.Capacity=3"]));
        Assert.Contains("Replay.MaxLength is 11; it must be in [1, 10]", error.Message, StringComparison.Ordinal);
        Assert.Contains("Replay.MinLength is 12; it must be in [1, 11]", error.Message, StringComparison.Ordinal);
        Assert.Contains("Replay.CapacityBytes is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Replay.Capacity is 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_may_be_null_can_be_cleared_and_given_as_a_whole()
    {
        var v3 = DreamerPresets.Catch.WithAlgorithm("dreamer-v3");
        Assert.Null(OptionOverrides.Apply(v3, ["Behavior.ReturnScale=null"]).Behavior.ReturnScale);
        Assert.Equal(
            new StandardDeviation(DeviationKind.Softplus, 0.5f, 1),
            OptionOverrides.Apply(DreamerPresets.Catch, ["Networks.ActionStd={\"Kind\":\"Softplus\",\"Least\":0.5,\"Shift\":1}"]).Networks.ActionStd);
    }
}
