using Dreamer.Training.Randomness;
using Dreamer.Training.WorldModel;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.WorldModel;

public class GradientHeadsTests
{
    /// <summary>With one head alone and no KL, the state learns where that head's gradients may reach it and nowhere else.</summary>
    [Theory]
    [InlineData(GradientHeads.All, true, true, true)]
    [InlineData(GradientHeads.Decoder, true, false, false)]
    [InlineData(GradientHeads.Reward, false, true, false)]
    [InlineData(GradientHeads.Discount, false, false, true)]
    [InlineData(GradientHeads.None, false, false, false)]
    public void Reach_the_state_where_they_may(GradientHeads heads, bool image, bool reward, bool discount)
    {
        var still = new WorldModelOptions { GradientHeads = heads, KlScale = 0, ImageScale = 0, RewardScale = 0, DiscountScale = 0 };
        Assert.Equal(image, ReachesState(still with { ImageScale = 1 }));
        Assert.Equal(reward, ReachesState(still with { RewardScale = 1 }));
        Assert.Equal(discount, ReachesState(still with { DiscountScale = 1 }));
    }

    private static bool ReachesState(WorldModelOptions options)
    {
        using var agent = new SmallAgent();
        var noise = new UniformNoise(1);
        using var scope = NewDisposeScope();
        var observed = agent.WorldModel.Observe(agent.Batch, noise);
        WorldModelLoss.Compute(agent.WorldModel, agent.Batch, observed, options).Total.backward();
        return agent.WorldModel.Encoder.parameters().Any(p => p.grad is { } gradient && gradient.abs().sum().item<float>() > 0);
    }
}
