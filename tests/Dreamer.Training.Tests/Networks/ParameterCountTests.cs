using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using Xunit;

namespace Dreamer.Training.Tests.Networks;

/// <summary>The reference's published sizes: equal counts mean equal architectures, layer by layer.</summary>
public sealed class ParameterCountTests
{
    private static readonly NetworkOptions Atari = DreamerPresets.Atari.Networks;
    private static readonly NetworkOptions ControlFromImages = DreamerPresets.DmcVision.Networks;

    [Fact]
    public void Atari_has_the_references_counts()
    {
        using var model = new WorldModelNetworks(Atari, new ObservationSpace(new ImageShape(64, 64, 1)), ActionSpace.Discrete(18));
        using var behavior = new ActorCriticNetworks(Atari, ActionSpace.Discrete(18));

        Assert.Equal(1_549_776, model.Encoder.ParameterCount);
        Assert.Equal(5_664_848, model.Rssm.ParameterCount);
        Assert.Equal(10_497_553, model.Decoder.ParameterCount);
        Assert.Equal(1_131_601, model.Reward.ParameterCount);
        Assert.Equal(1_131_601, model.Discount!.ParameterCount);
        Assert.Equal(19_975_379, model.ParameterCount);
        Assert.Equal(1_138_418, behavior.Actor.ParameterCount);
        Assert.Equal(1_131_601, behavior.Critic.ParameterCount);
    }

    [Fact]
    public void Control_from_images_has_the_references_counts()
    {
        var joints = ActionSpace.Continuous([-1, -1, -1, -1, -1, -1], [1, 1, 1, 1, 1, 1]);
        using var model = new WorldModelNetworks(ControlFromImages, new ObservationSpace(new ImageShape(64, 64, 3)), joints);
        using var behavior = new ActorCriticNetworks(ControlFromImages, joints);

        Assert.Equal(13_656_772, model.ParameterCount);
        Assert.Equal(976_012, behavior.Actor.ParameterCount);
        Assert.Equal(971_601, behavior.Critic.ParameterCount);
    }

    [Theory]
    [InlineData(2, 32_333_580)]
    [InlineData(8, 32_342_130)]
    public void The_references_default_has_as_many_numbers_as_its_checkpoints(int actions, long checkpoint)
    {
        var options = DreamerPresets.Defaults.Networks;
        using var model = new WorldModelNetworks(options, new ObservationSpace(new ImageShape(64, 64, 3)), ActionSpace.Discrete(actions));
        using var behavior = new ActorCriticNetworks(options, ActionSpace.Discrete(actions));

        // A checkpoint also holds a second critic, as target, and three scalars.
        Assert.Equal(checkpoint, model.ParameterCount + behavior.ParameterCount + behavior.Critic.ParameterCount + 3);
    }

    [Fact]
    public void DreamerV1_has_its_references_counts()
    {
        var options = DreamerPresets.DreamerV1.Networks;
        var joints = ActionSpace.Continuous([-1, -1, -1, -1, -1, -1], [1, 1, 1, 1, 1, 1]);
        using var model = new WorldModelNetworks(options, new ObservationSpace(new ImageShape(64, 64, 3)), joints);
        using var behavior = new ActorCriticNetworks(options, joints);

        Assert.Equal(5_296_820, model.ParameterCount);
        Assert.Equal(578_412, behavior.Actor.ParameterCount);
        Assert.Equal(413_601, behavior.Critic.ParameterCount);
    }
}
