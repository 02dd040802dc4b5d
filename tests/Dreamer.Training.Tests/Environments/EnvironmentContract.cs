using Dreamer.Training.Environments;
using Dreamer.Training.Randomness;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

/// <summary>What holds for any environment: a test class that says how one is created inherits it all.</summary>
public abstract class EnvironmentContract
{
    private const int Rows = 300;

    protected abstract IEnvironment Create(ulong seed);

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Conforms(int seed) => Assert.Empty(EnvironmentConformance.Check(Create, seed: (ulong)seed));

    [Fact]
    public void Every_part_of_the_contract_says_what_was_seen() =>
        Assert.All(EnvironmentConformance.Inspect(Create, steps: 20), check => Assert.True(check.Passed && check.Found.Length > 0, check.Name));

    /// <summary>First, mid, last, and nothing after it.</summary>
    [Fact]
    public void Episodes_begin_with_one_first_row_and_end_with_one_last()
    {
        var (environment, random) = (Create(5), new SeededRandom(5));
        for (var episode = 0; episode < 3; episode++)
        {
            var step = environment.Reset();
            Assert.Equal((true, false, false, 0f), (step.IsFirst, step.IsLast, step.IsTerminal, step.Reward));
            while (!step.IsLast)
            {
                step = environment.Step(Action(environment.ActionSpace, random));
                Assert.False(step.IsFirst);
                Assert.True(step.IsLast || !step.IsTerminal);
            }
            Assert.Throws<InvalidOperationException>(() => environment.Step(Action(environment.ActionSpace, random)));
        }
    }

    [Fact]
    public void Every_row_can_be_gone_on_from()
    {
        var (one, other) = (Create(1), Create(2));
        if (one is not IResumableEnvironment original || other is not IResumableEnvironment copy)
        {
            Assert.Skip("Its state cannot be saved.");
            return;
        }
        var random = new SeededRandom(3);
        var over = true;
        for (var row = 0; row < Rows; row++)
        {
            copy.LoadState(original.SaveState());
            var action = Action(original.ActionSpace, random);
            var (a, b) = over ? (original.Reset(), copy.Reset()) : (original.Step(action), copy.Step(action));
            Assert.Equal((a.Reward, a.IsFirst, a.IsLast, a.IsTerminal), (b.Reward, b.IsFirst, b.IsLast, b.IsTerminal));
            Assert.Equal(a.Vector, b.Vector);
            Assert.True(a.Image.AsSpan().SequenceEqual(b.Image));
            Assert.Equal(original.SaveState(), copy.SaveState());
            over = a.IsLast;
        }
    }

    private static float[] Action(ActionSpace space, SeededRandom random) => space.IsDiscrete
        ? OneHot.Create(random.Next(space.Size), space.Size)
        : [.. space.Low.Zip(space.High, (low, high) => low + ((high - low) * (float)random.NextDouble()))];
}
