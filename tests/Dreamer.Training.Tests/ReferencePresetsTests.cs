using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Xunit;

namespace Dreamer.Training.Tests;

public sealed class ReferencePresetsTests
{
    public static TheoryData<string> Names => [.. ReferencePresets.All.Select(preset => preset.Preset)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_wrong_with_a_preset(string name) =>
        Assert.Empty(ReferencePresets.All.Single(preset => preset.Preset == name).Errors(new ObservationSpace(new ImageShape(64, 64, 3))));

    [Fact]
    public void Atari_is_described_with_the_references_numbers()
    {
        var summary = NetworkSummary.Of(ReferencePresets.Atari.Networks, new ObservationSpace(new ImageShape(64, 64, 1)), ActionSpace.Discrete(18));
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
        var summary = NetworkSummary.Of(ReferencePresets.DmcVision.Networks, new ObservationSpace(new ImageShape(64, 64, 3)), joints);
        Assert.Equal(13_656_772, summary.WorldModelCount);
        Assert.Equal(
            [("actor", 976_012), ("critic", 971_601)],
            summary.Modules.Where(module => !module.IsWorldModel).Select(module => (module.Name, module.Count)));
        var vectors = NetworkSummary.Of(ReferencePresets.DmcProprio.Networks, new ObservationSpace(null, 24), joints);
        Assert.Null(vectors.ImageNetwork);
    }

    [Fact]
    public void Layer_normalization_adds_two_numbers_a_unit()
    {
        var observation = new ObservationSpace(new ImageShape(64, 64, 3));
        var with = NetworkSummary.Of(ReferencePresets.Crafter.Networks, observation, ActionSpace.Discrete(17));
        var without = NetworkSummary.Of(ReferencePresets.Defaults.Networks, observation, ActionSpace.Discrete(17));
        // Convolutions 48 + 96 + 192 + 384 and back 192 + 96 + 48; three hidden layers of 1024; four heads of 4 x 400.
        Assert.Equal(2 * (720 + 336 + 3 * 1024 + 4 * 4 * 400), with.Count - without.Count);
    }
}
