using Dreamer.Inference.Episodes;
using Xunit;

namespace Dreamer.Inference.Tests.Episodes;

public sealed class EpisodeCheckTests
{
    private const int Rows = 6;

    private static readonly ImageShape Shape = new(4, 3, 2);

    private static readonly EpisodeCheck Discrete = new(Shape, 1, new() { Kind = ActionManifest.Discrete, Size = 3 }, "the environment");

    private static readonly EpisodeCheck Continuous = new(
        Shape, 1, new() { Kind = ActionManifest.Continuous, Size = 2, Low = [-800, 0], High = [800, 1] }, "the environment");

    [Fact]
    public void An_episode_that_fits_has_no_errors()
    {
        Assert.Empty(Discrete.Errors(OneHots()));
        Assert.Empty(Continuous.Errors(Numbers()));
    }

    [Fact]
    public void Shapes_are_compared_and_not_sizes()
    {
        var error = Assert.Single(Discrete.Errors(OneHots(image: new(2, 4, 3))));
        Assert.Contains("its image is [2, 4, 3]; the environment has [4, 3, 2]", error, StringComparison.Ordinal);
        Assert.Contains("the same sides in another order, so transpose the images", error, StringComparison.Ordinal);
        Assert.Contains("[4, 3, 2]", Assert.Single(Discrete.Errors(OneHots(image: new(3, 4, 2)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1f, 1f, 0f)]
    [InlineData(0f, 0f, 0f)]
    [InlineData(0.5f, 0.5f, 0f)]
    public void A_discrete_action_that_is_not_one_hot_is_named_with_its_row(float first, float second, float third)
    {
        var episode = OneHots();
        new[] { first, second, third }.CopyTo(episode.Actions, 3 * 3);
        Assert.StartsWith("the action of row 3 is not one-hot", Assert.Single(Discrete.Errors(episode)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_continuous_action_out_of_bounds_is_named_but_rounding_is_not()
    {
        var episode = Numbers();
        episode.Actions[2 * 2] = 800.001f;
        Assert.Empty(Continuous.Errors(episode));
        episode.Actions[2 * 2] = 801;
        Assert.Equal("the action of row 2 has 801 as number 0; it must be in [-800, 800]", Assert.Single(Continuous.Errors(episode)));
    }

    [Fact]
    public void Flags_in_the_wrong_rows_are_named()
    {
        var late = OneHots();
        late.IsFirst[0] = false;
        Assert.Contains(Discrete.Errors(late), error => error.StartsWith("row 0 is not the first row", StringComparison.Ordinal));
        var terminal = OneHots();
        terminal.IsTerminal[2] = true;
        Assert.Contains("row 2 is terminal, but row 3 does not start an episode", Assert.Single(Discrete.Errors(terminal)), StringComparison.Ordinal);
        terminal.IsFirst[3] = true;
        Assert.Empty(Discrete.Errors(terminal));
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_named_with_their_rows()
    {
        var episode = OneHots();
        (episode.Rewards[4], episode.Vectors[1]) = (float.NaN, float.PositiveInfinity);
        Assert.Equal(
            ["the vector of row 1 holds Infinity; all numbers must be finite", "the reward of row 4 holds NaN; all numbers must be finite"], Discrete.Errors(episode));
    }

    private static Episode OneHots(ImageShape? image = null) => Create(image ?? Shape, 3, row => row == 0 ? [0, 0, 0] : row % 2 == 0 ? [1, 0, 0] : [0, 0, 1]);

    private static Episode Numbers() => Create(Shape, 2, row => row == 0 ? [0, 0] : [-800, 0.5f]);

    private static Episode Create(ImageShape image, int actionSize, Func<int, float[]> action) => new()
    {
        Id = "e",
        ImageShape = image,
        Images = new byte[Rows * image.Size],
        VectorSize = 1,
        Vectors = new float[Rows],
        ActionSize = actionSize,
        Actions = [.. Enumerable.Range(0, Rows).SelectMany(action)],
        Rewards = new float[Rows],
        IsFirst = [true, .. new bool[Rows - 1]],
        IsLast = [.. new bool[Rows - 1], true],
        IsTerminal = [.. new bool[Rows - 1], true],
    };
}
