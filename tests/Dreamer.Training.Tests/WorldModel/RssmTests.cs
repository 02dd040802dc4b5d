using Dreamer.Training.Networks;
using Dreamer.Training.Tests.Networks;
using Dreamer.Training.WorldModel;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.WorldModel;

public sealed class RssmTests : IDisposable
{
    private const int Actions = 3;
    private const int Embedding = 7;
    private static readonly NetworkOptions Options = new() { Deter = 6, Hidden = 5, Stoch = 4, Classes = 3 };

    private readonly Rssm _rssm;

    public RssmTests()
    {
        torch.manual_seed(11);
        _rssm = new Rssm(Options, Actions, Embedding);
    }

    public void Dispose() => _rssm.Dispose();

    [Fact]
    public void A_first_step_forgets_the_state_and_the_action_of_its_row_alone()
    {
        var latent = torch.randn(2, Options.LatentSize);
        var action = torch.randn(2, Actions);
        var embedding = torch.randn(2, Embedding);
        var noise = torch.rand(2, Options.StochSize);
        var isFirst = torch.tensor([1f, 0f]).reshape(2, 1);

        var (masked, _) = _rssm.ObserveStep(latent, action, isFirst, embedding, noise);
        var (fresh, _) = _rssm.ObserveStep(_rssm.Initial(2), torch.zeros(2, Actions), torch.zeros(2, 1), embedding, noise);
        var (carried, _) = _rssm.ObserveStep(latent, action, torch.zeros(2, 1), embedding, noise);

        TensorAssert.Equal(fresh.Value[0], masked.Value[0]);
        TensorAssert.Equal(carried.Value[1], masked.Value[1]);
        TensorAssert.NotEqual(carried.Value[0], masked.Value[0]);
    }

    [Fact]
    public void Observing_and_imagining_share_the_deterministic_state()
    {
        var latent = torch.randn(5, Options.LatentSize);
        var action = torch.randn(5, Actions);
        var noise = torch.rand(5, Options.StochSize);

        var (observed, _) = _rssm.ObserveStep(latent, action, torch.zeros(5, 1), torch.randn(5, Embedding), noise);
        var (imagined, priorLogits) = _rssm.ImagineStep(latent, action, noise);

        TensorAssert.Equal(_rssm.Deter(observed), _rssm.Deter(imagined));
        TensorAssert.Equal(_rssm.Prior(_rssm.Deter(observed)), priorLogits);
    }

    [Fact]
    public void A_latent_state_is_the_stochastic_part_then_the_deterministic_one()
    {
        var stoch = torch.randn(2, Options.StochSize);
        var deter = torch.randn(2, Options.Deter);
        var latent = Rssm.Join(stoch, deter);

        TensorAssert.Equal(torch.cat([stoch, deter], 1), latent);
        TensorAssert.Equal(stoch, _rssm.Stoch(latent));
        TensorAssert.Equal(deter, _rssm.Deter(latent));
    }

    [Fact]
    public void Gradients_reach_the_posterior_through_the_sample()
    {
        var (latent, _) = _rssm.ObserveStep(
            _rssm.Initial(2), torch.zeros(2, Actions), torch.ones(2, 1), torch.randn(2, Embedding), torch.rand(2, Options.StochSize));
        (_rssm.Stoch(latent).Value * torch.randn(2, Options.StochSize)).sum().backward();
        var gradient = _rssm.named_parameters().Single(p => p.name == "obs_out.weight").parameter.grad;
        Assert.NotNull(gradient);
        Assert.True(gradient.abs().max().item<float>() > 0);
    }
}
