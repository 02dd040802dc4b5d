using Dreamer.Training.Distributions;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Dreamer.Training.Tests.WorldModel;

public class RssmLossTests
{
    private static readonly OneHotCategorical OneRow = new(1, 3);

    [Fact]
    public void Value_and_both_gradients_are_known()
    {
        using var scope = NewDisposeScope();
        var (posterior, prior) = (new Parameter(tensor(new[,] { { 1f, 0f, -1f } })), new Parameter(tensor(new[,] { { 0f, 0.5f, 0f } })));
        var (loss, kl) = Rssm.Loss(OneRow, (Tensor)posterior, (Tensor)prior, new());
        loss.Value.backward();
        Assert.Equal(0.3396169521, loss.Value.item<float>(), 6);
        Assert.Equal(0.3396169521, kl.Value.item<float>(), 6);
        Close([-0.3129378694, 0.1657074327, 0.1472304367], prior.grad!);
        Close([0.0727978304, -0.0466377161, -0.0261601143], posterior.grad!);
    }

    [Fact]
    public void At_one_half_it_is_the_plain_divergence_and_not_half_of_it()
    {
        using var scope = NewDisposeScope();
        var (posterior, prior) = (new Parameter(randn(4, 3)), new Parameter(randn(4, 3)));
        Rssm.Loss(OneRow, (Tensor)posterior, (Tensor)prior, new() { KlBalance = 0.5 }).Loss.Value.backward();
        var (plainPosterior, plainPrior) = (posterior.grad!.clone(), prior.grad!.clone());
        posterior.grad!.zero_();
        prior.grad!.zero_();
        OneRow.Kl((Tensor)posterior, (Tensor)prior).Value.mean().backward();
        Assert.True(plainPosterior.allclose(posterior.grad!, rtol: 1e-4, atol: 1e-6));
        Assert.True(plainPrior.allclose(prior.grad!, rtol: 1e-4, atol: 1e-6));
    }

    [Fact]
    public void Forward_the_two_change_places()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor(new[,] { { 1f, 0f, -1f } }), tensor(new[,] { { 0f, 0.5f, 0f } }));
        var (loss, kl) = Rssm.Loss(OneRow, b, a, new() { KlForward = true });
        Assert.Equal(0.3396169521, loss.Value.item<float>(), 6);
        Assert.Equal(0.3396169521, kl.Value.item<float>(), 6);
    }

    [Theory]
    [InlineData(true, 1.0, 1.0)]
    [InlineData(true, 0.1, 0.16980847605)]
    [InlineData(false, 0.1, 0.21980847605)]
    public void Free_nats_count_for_the_mean_or_for_each(bool average, double free, double expected)
    {
        // One row at the known 0.3396 and one at 0.
        using var scope = NewDisposeScope();
        var posterior = tensor(new[,] { { 1f, 0f, -1f }, { 0f, 0f, 0f } });
        var prior = tensor(new[,] { { 0f, 0.5f, 0f }, { 0f, 0f, 0f } });
        var (loss, _) = Rssm.Loss(OneRow, (Tensor)posterior, (Tensor)prior, new() { FreeNats = free, FreeAverage = average });
        Assert.Equal(expected, loss.Value.item<float>(), 5);
    }

    [Theory]
    [InlineData(false, 0.1, 0.16980847605)]
    [InlineData(false, 0.2, 0.2)]
    [InlineData(true, 0.1, 0.21980847605)]
    public void DreamerV1_bounds_the_mean_and_one_half_bounds_each_state(bool balanced, double free, double expected)
    {
        // One row at the known 0.3396 and one at 0: max(free, 0.1698), or the mean of max(free, 0.3396) and max(free, 0).
        using var scope = NewDisposeScope();
        var posterior = tensor(new[,] { { 1f, 0f, -1f }, { 0f, 0f, 0f } });
        var prior = tensor(new[,] { { 0f, 0.5f, 0f }, { 0f, 0f, 0f } });
        var (loss, _) = Rssm.Loss(OneRow, (Tensor)posterior, (Tensor)prior, new() { KlBalanced = balanced, KlBalance = 0.5, FreeNats = free });
        Assert.Equal(expected, loss.Value.item<float>(), 5);
    }

    [Fact]
    public void Below_the_free_nats_nothing_is_learnt()
    {
        using var scope = NewDisposeScope();
        var (posterior, prior) = (new Parameter(tensor(new[,] { { 1f, 0f, -1f } })), new Parameter(tensor(new[,] { { 0f, 0.5f, 0f } })));
        Rssm.Loss(OneRow, (Tensor)posterior, (Tensor)prior, new() { FreeNats = 1 }).Loss.Value.backward();
        Close([0, 0, 0], prior.grad!);
        Close([0, 0, 0], posterior.grad!);
    }

    private static void Close(double[] expected, Tensor found) =>
        Assert.All(expected.Zip(found.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 6));
}
