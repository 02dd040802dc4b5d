using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Networks;

public sealed class ActionScalingTests
{
    [Fact]
    public void Bounds_stand_for_minus_one_and_one()
    {
        using var scaling = new ActionScaling(ActionSpace.Continuous([0, -3], [10, -1]));
        var networks = torch.tensor([-1f, 1, 0, 0, 0.5f, -1]).reshape(3, 2);
        var environment = torch.tensor([0f, -1, 5, -2, 7.5f, -3]).reshape(3, 2);
        TensorAssert.Close(environment, scaling.ToEnvironment(networks));
        TensorAssert.Close(networks, scaling.ToNetworks(environment));
        TensorAssert.Equal(torch.tensor([10f, -3]).reshape(1, 2), scaling.ToEnvironment(torch.tensor([7f, -2]).reshape(1, 2)));
        Assert.Equal(0, scaling.ParameterCount);
    }

    [Fact]
    public void What_goes_out_never_leaves_narrow_bounds_far_from_zero()
    {
        float low = 1000.1f, high = 1000.3f;
        using var scaling = new ActionScaling(ActionSpace.Continuous([low], [high]));
        var actions = scaling.ToEnvironment(torch.linspace(-1, 1, 1001).reshape(1001, 1)).Value;
        Assert.True(actions.ge(low).all().item<bool>() && actions.le(high).all().item<bool>());
        Assert.True(actions.isfinite().all().item<bool>());
    }

    [Fact]
    public void One_hot_vectors_and_unit_bounds_pass_as_they_are()
    {
        using var discrete = new ActionScaling(ActionSpace.Discrete(3));
        using var unit = new ActionScaling(ActionSpace.Continuous([-1, -1], [1, 1]));
        var oneHot = torch.eye(3);
        TensorAssert.Equal(oneHot, discrete.ToEnvironment(oneHot));
        TensorAssert.Equal(oneHot, discrete.ToNetworks(oneHot));
        var action = torch.tensor([0.3f, -2]).reshape(1, 2);
        TensorAssert.Equal(action, unit.ToNetworks(action));
        TensorAssert.Equal(torch.tensor([0.3f, -1]).reshape(1, 2), unit.ToEnvironment(action));
    }
}
