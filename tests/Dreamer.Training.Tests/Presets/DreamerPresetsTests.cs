using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Options;
using Dreamer.Training.WorldModel;
using Xunit;

namespace Dreamer.Training.Tests.Presets;

public sealed class DreamerPresetsTests
{
    public static TheoryData<string> Names => [.. DreamerPresets.Names];

    public static TheoryData<string> Algorithms => [.. DreamerPresets.Algorithms];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_wrong_with_a_preset_under_any_algorithm(string name)
    {
        var preset = DreamerPresets.Find(name);
        var environment = EnvironmentRegistry.Default.Names.Contains(preset.Environment)
            ? EnvironmentRegistry.Default.Create(preset.Environment, 1).ObservationSpace : new ObservationSpace(new ImageShape(64, 64, 3));
        Assert.Equal(name, preset.Preset);
        Assert.Empty(preset.Errors(environment));
        if (preset.Algorithm == DreamerAlgorithm.DreamerV2)
        {
            Assert.All(DreamerPresets.Algorithms, algorithm => Assert.Empty(preset.WithAlgorithm(algorithm).Errors(environment)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_of_a_preset_is_explained(string name) => AssertExplained(DreamerPresets.TextOf(name));

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Every_line_of_an_algorithm_is_explained(string name) => AssertExplained(DreamerPresets.TextOfAlgorithm(name));

    [Fact]
    public void The_presets_that_there_must_be_are_there() => Assert.Subset(
        DreamerPresets.Names.ToHashSet(StringComparer.Ordinal),
        new HashSet<string>(StringComparer.Ordinal)
        {
            "atari", "dmc-vision", "dmc-proprio", "crafter", "breakout", "catch", "grid", "cartpole", "pendulum", "debug", "dreamer-v1", "dreamer-v3",
        });

    [Fact]
    public void An_algorithm_leaves_sizes_and_learning_rates_alone()
    {
        var v3 = DreamerPresets.Catch.WithAlgorithm("dreamer-v3");
        Assert.Equal(DreamerAlgorithm.DreamerV3, v3.Algorithm);
        Assert.Equal((128, 8, 2e-3), (v3.Networks.Deter, v3.Networks.Stoch, v3.WorldModel.Optimizer.LearningRate));
        Assert.Equal(new ReturnScaleOptions(), v3.Behavior.ReturnScale);
        Assert.Equal(0.5, v3.WorldModel.KlScale * v3.WorldModel.KlBalance, 12);
        Assert.Equal(0.1, v3.WorldModel.KlScale * (1 - v3.WorldModel.KlBalance), 12);
        Assert.Equal(DreamerPresets.Catch, DreamerPresets.Catch.WithAlgorithm("dreamer-v2"));
        Assert.Equal(0.997, DreamerPresets.DmcVision.WithAlgorithm("dreamer-v3").Networks.ConstantDiscount);
    }

    [Theory]
    [InlineData("dreamer-v1")]
    [InlineData("dreamer-v3")]
    public void An_algorithm_means_the_same_over_every_preset(string algorithm)
    {
        // Sizes, learning rates, cadence and budget are a preset's; so is the environment. Everything else is the algorithm's.
        string[] free =
        [
            "Preset", "Environment", "Networks.Deter", "Networks.Hidden", "Networks.Stoch", "Networks.Classes", "Networks.HeadUnits", "Networks.HeadLayers",
            "Networks.CnnDepth", "Networks.ImageEmbedding", "Networks.VectorUnits", "Networks.VectorLayers", "Networks.ConstantDiscount", "Discount",
            "WorldModel.Optimizer.LearningRate", "Behavior.ActorOptimizer.LearningRate", "Behavior.CriticOptimizer.LearningRate", "Behavior.Horizon",
            "Replay.BatchSize", "Replay.SequenceLength", "Replay.Capacity", "PrefillSteps", "PretrainUpdates", "TrainEverySteps", "UpdatesPerTrain",
            "MaxUpdates", "LogEveryUpdates", "CheckpointEveryUpdates", "Evaluation",
        ];
        var expected = OptionTree.FromOptions(new DreamerOptions().WithAlgorithm(algorithm));
        foreach (var preset in DreamerPresets.Names.Select(DreamerPresets.Find).Where(preset => preset.Algorithm == DreamerAlgorithm.DreamerV2))
        {
            var contrary = preset with
            {
                WorldModel = preset.WorldModel with
                {
                    RewardTransform = RewardTransform.Tanh, RewardScale = 7, GradientHeads = GradientHeads.Decoder, FreeNats = 9, KlBalance = 0.1, KlForward = true,
                    Optimizer = preset.WorldModel.Optimizer with { ClipNorm = 3, WeightDecay = 0.1 },
                },
                Behavior = preset.Behavior with { ReturnScale = new() { Least = 9 }, RewardNorm = new() { Scale = 4 }, EntropyScale = 3, TargetInterval = 7 },
                Replay = preset.Replay with { PrioritizeEnds = true },
            };
            var differences = OptionDifferences.Between(expected, OptionTree.FromOptions(contrary.WithAlgorithm(algorithm))).Select(difference => difference.Path);
            Assert.All(differences, path => Assert.Contains(free, part => path == part || path.StartsWith(part + ".", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void One_algorithm_is_not_laid_over_another()
    {
        Assert.Contains(
            "'dreamer-v1' has the algorithm DreamerV1",
            Assert.Throws<ArgumentException>(() => DreamerPresets.DreamerV1.WithAlgorithm("dreamer-v3")).Message,
            StringComparison.Ordinal);
        Assert.Equal(DreamerPresets.DreamerV1, DreamerPresets.DreamerV1.WithAlgorithm("dreamer-v1"));
    }

    [Fact]
    public void A_preset_of_ones_own_is_a_file()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(path, """
                // mine
                { "Base": "debug", "Algorithms": "dreamer-v3", "Networks": { "Deter": 12 }, /* slow */ "Discount": 0.95, }
                """);
            var mine = DreamerPresets.Find(path);
            Assert.Equal((12, 8, 0.95), (mine.Networks.Deter, mine.Networks.Hidden, mine.Discount));
            Assert.Equal((Path.GetFileNameWithoutExtension(path), ScalarHeadKind.TwoHot), (mine.Preset, mine.Networks.RewardHead));

            File.WriteAllText(path, """{ "Networks": { "Deeter": 12 }, "Discount": "high", "Base": "debug" }""");
            var error = Assert.Throws<ArgumentException>(() => DreamerPresets.Find(path));
            Assert.Contains("There is no option 'Networks.Deeter'", error.Message, StringComparison.Ordinal);
            Assert.Contains("Discount cannot be 'high'", error.Message, StringComparison.Ordinal);

            File.WriteAllText(path, "[1]");
            Assert.Contains("is not a preset", Assert.Throws<ArgumentException>(() => DreamerPresets.Find(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_there_is_not_is_said_with_what_there_is()
    {
        Assert.Contains("The presets are: atari,", Assert.Throws<ArgumentException>(() => DreamerPresets.Find("chess")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "The algorithms are: dreamer-v1, dreamer-v2, dreamer-v3.",
            Assert.Throws<ArgumentException>(() => DreamerPresets.Catch.WithAlgorithm("dreamer-v9")).Message,
            StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => DreamerPresets.Find("missing.json"));
    }

    [Fact]
    public void Atari_is_described_with_the_references_numbers()
    {
        var summary = NetworkSummary.Create(DreamerPresets.Atari.Networks, new ObservationSpace(new ImageShape(64, 64, 1)), ActionSpace.Discrete(18));
        Assert.Equal(["encoder", "rssm", "decoder", "reward", "discount", "actor", "critic"], summary.Modules.Select(module => module.Name));
        Assert.Equal((19_975_379, 22_245_398, 1536), (summary.WorldModelCount, summary.Count, summary.EmbeddingSize));
        Assert.Equal("conv64: 64x64x1 -> 31x31x48 -> 14x14x96 -> 6x6x192 -> 2x2x384; back 1x1x1536 -> 5x5x192 -> 13x13x96 -> 30x30x48 -> 64x64x1", summary.ImageNetwork);
        var kernel = summary.Modules[1].Layers.Single(layer => layer.Name == "gru.kernel");
        Assert.Equal((2_161_800, "weight [1800, 1200]"), (kernel.Count, $"{kernel.Parameters[0].Name} [{string.Join(", ", kernel.Parameters[0].Shape)}]"));
    }

    [Fact]
    public void Control_has_no_discount_head_and_an_output_for_the_deviations()
    {
        var joints = ActionSpace.Continuous([-1, -1, -1, -1, -1, -1], [1, 1, 1, 1, 1, 1]);
        var summary = NetworkSummary.Create(DreamerPresets.DmcVision.Networks, new ObservationSpace(new ImageShape(64, 64, 3)), joints);
        Assert.Equal(13_656_772, summary.WorldModelCount);
        Assert.Equal(
            [("actor", 976_012), ("critic", 971_601)],
            summary.Modules.Where(module => !module.IsWorldModel).Select(module => (module.Name, module.Count)));
        var vectors = NetworkSummary.Create(DreamerPresets.DmcProprio.Networks, new ObservationSpace(null, 24), joints);
        Assert.Null(vectors.ImageNetwork);
    }

    [Fact]
    public void Layer_normalization_adds_two_numbers_a_unit()
    {
        var observation = new ObservationSpace(new ImageShape(64, 64, 3));
        var with = NetworkSummary.Create(DreamerPresets.Crafter.Networks, observation, ActionSpace.Discrete(17));
        var without = NetworkSummary.Create(DreamerPresets.Defaults.Networks, observation, ActionSpace.Discrete(17));
        // Convolutions 48 + 96 + 192 + 384 and back 192 + 96 + 48; three hidden layers of 1024; four heads of 4 x 400.
        Assert.Equal(2 * (720 + 336 + 3 * 1024 + 4 * 4 * 400), with.Count - without.Count);
    }

    private static void AssertExplained(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        Assert.StartsWith("//", lines[0], StringComparison.Ordinal);
        // Whatever a line says but a brace, or the name of a group.
        Assert.All(
            lines.Where(line => line.Contains(':', StringComparison.Ordinal) && !line.TrimEnd().EndsWith('{')),
            line => Assert.Contains("//", line, StringComparison.Ordinal));
    }
}
