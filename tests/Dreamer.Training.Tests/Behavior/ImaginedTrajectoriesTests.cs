using Dreamer.Training.Behavior;
using Dreamer.Training.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Behavior;

public class ImaginedTrajectoriesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Policies_are_the_actors_in_every_state_with_gradients_to_the_actor_alone(bool differentiable)
    {
        using var agent = new SmallAgent();
        using var scope = NewDisposeScope();
        var actor = agent.ActorCritic.Actor;
        manual_seed(3);
        var start = randn(20, SmallAgent.Sizes.LatentSize);
        var imagined = ImaginedTrajectories.Imagine(agent.WorldModel, actor, start, 4, new UniformNoise(9), differentiable);
        Tensor again = actor.Forward(imagined.Latents.narrow(0, 0, 4).flatten(0, 1).detach());
        TensorAssert.Close(again, imagined.Policies.flatten(0, 1), 1e-6);
        Assert.Equal(differentiable, imagined.Latents.requires_grad);

        var direction = randn(80, 3);
        (again * direction).sum().backward();
        Tensor[] expected = [.. actor.parameters().Select(p => p.grad!.clone())];
        actor.zero_grad();
        (imagined.Policies.flatten(0, 1) * direction).sum().backward();
        foreach (var (gradient, parameter) in expected.Zip(actor.parameters()))
        {
            TensorAssert.Close(gradient, parameter.grad!, 1e-5);
        }
        Assert.All(agent.WorldModel.parameters(), parameter => Assert.Null(parameter.grad));
    }
}
