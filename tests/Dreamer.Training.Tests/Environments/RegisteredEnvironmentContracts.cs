using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

/// <summary>The contract of an environment of the registry.</summary>
public abstract class RegisteredEnvironmentContract(string name) : EnvironmentContract
{
    protected override IEnvironment Create(ulong seed) => EnvironmentRegistry.Default.Create(name, seed);

    [Fact]
    public void A_run_can_be_resumed_in_the_middle_of_an_episode() => Assert.IsAssignableFrom<IResumableEnvironment>(Create(0));
}

public sealed class BreakoutContract() : RegisteredEnvironmentContract("breakout");

public sealed class CartPoleContract() : RegisteredEnvironmentContract("cartpole");

public sealed class CartPolePixelsContract() : RegisteredEnvironmentContract("cartpole-pixels");

public sealed class CatchContract() : RegisteredEnvironmentContract("catch");

public sealed class GridContract() : RegisteredEnvironmentContract("grid");

public sealed class GridImageContract() : RegisteredEnvironmentContract("grid-image");

public sealed class PendulumContract() : RegisteredEnvironmentContract("pendulum");

public sealed class PendulumPixelsContract() : RegisteredEnvironmentContract("pendulum-pixels");
