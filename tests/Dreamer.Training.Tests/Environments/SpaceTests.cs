using Dreamer.Inference;
using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

public sealed class SpaceTests
{
    [Fact]
    public void Actions_without_names_are_numbered()
    {
        var space = ActionSpace.Discrete(3);
        Assert.True(space.IsDiscrete);
        Assert.Equal(3, space.Size);
        Assert.Equal(["action0", "action1", "action2"], space.Names);
    }

    [Fact]
    public void Continuous_actions_are_as_many_as_their_bounds()
    {
        var space = ActionSpace.Continuous([-1, 0], [1, 2]);
        Assert.False(space.IsDiscrete);
        Assert.Equal(2, space.Size);
    }

    [Theory]
    [InlineData("only")]
    [InlineData("left", "left")]
    [InlineData("left", " ")]
    public void Names_that_tell_no_two_actions_apart_are_refused(params string[] names) =>
        Assert.Throws<ArgumentException>(() => ActionSpace.Discrete(names));

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(2f, 1f)]
    [InlineData(float.NegativeInfinity, 1f)]
    [InlineData(float.NaN, 1f)]
    public void Bounds_that_hold_nothing_are_refused(float low, float high) =>
        Assert.Throws<ArgumentException>(() => ActionSpace.Continuous([low], [high]));

    [Fact]
    public void Bounds_of_different_lengths_are_refused() => Assert.Throws<ArgumentException>(() => ActionSpace.Continuous([0], [1, 2]));

    [Fact]
    public void An_observation_shows_something()
    {
        Assert.Throws<ArgumentException>(() => new ObservationSpace(image: null));
        Assert.Throws<ArgumentException>(() => new ObservationSpace(new ImageShape(5, 0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ObservationSpace(new ImageShape(5, 5, 1), -1));
    }
}
