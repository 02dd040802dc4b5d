using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tests.Export;
using Dreamer.Training.WorldModel;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests;

/// <summary>
/// Everything that is computed stands on the networks' device. torch's META device, where tensors have no values, shows it without a
/// GPU: computing with a tensor of it and one of any other device fails.
/// </summary>
public sealed class DeviceTests
{
    public static TheoryData<string, ActorGradient> Kinds => new()
    {
        { "Gaussian latents", ActorGradient.Reinforce },
        { "Gaussian latents by softplus, bounded actions", ActorGradient.Both },
        { "truncated normal actions within bounds", ActorGradient.Dynamics },
        { "tanh normal actions", ActorGradient.Reinforce },
        { "normal actions", ActorGradient.Dynamics },
        { "layer normalization and rectifiers", ActorGradient.Both },
        { "ensemble without a discount head", ActorGradient.Both },
    };

    /// <remarks>From vectors: libtorch has convolutions for META in Python alone, and so it has the gradient of a bound.</remarks>
    [Theory]
    [InlineData("ensemble without a discount head", ActorGradient.Reinforce)]
    [InlineData("ensemble without a discount head", ActorGradient.Dynamics)]
    [InlineData("Gaussian latents without a discount head", ActorGradient.Reinforce)]
    public void A_forward_and_a_backward_pass_stay_on_the_device(string kind, ActorGradient gradient)
    {
        using var scope = NewDisposeScope();
        using var pass = new Pass(kind, gradient, new ObservationSpace(image: null, 3), META);
        pass.Forward();
        Assert.All(pass.Results, result => Assert.Equal(DeviceType.META, result.device_type));
        pass.Backward();
        Assert.All(pass.Trained, p => Assert.Equal(DeviceType.META, p.grad!.device_type));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_forward_pass_of_every_kind_stays_on_the_device(string kind, ActorGradient gradient)
    {
        using var scope = NewDisposeScope();
        using var pass = new Pass(kind, gradient, new ObservationSpace(image: null, 3), META);
        pass.Forward();
        Assert.All(pass.Results, result => Assert.Equal(DeviceType.META, result.device_type));
    }

    /// <remarks>The other way round: what does not say where it stands would stand on META, and fail beside the networks.</remarks>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_tensor_says_where_it_stands(string kind, ActorGradient gradient)
    {
        using var scope = NewDisposeScope();
        using var pass = new Pass(kind, gradient, new ObservationSpace(new ImageShape(10, 5, 1), 3), CPU);
        set_default_device(META);
        try
        {
            Assert.Equal(DeviceType.META, zeros(1).device_type);
            pass.Forward();
            pass.Backward();
        }
        finally
        {
            set_default_device(CPU);
        }
        Assert.All(pass.Trained, p => Assert.True(p.grad!.isfinite().all().item<bool>()));
    }

    private sealed class Pass : IDisposable
    {
        private readonly NetworkOptions _options;
        private readonly WorldModelNetworks _model;
        private readonly ActorCriticNetworks _actorCritic;
        private readonly ActorCriticLearner _learner;
        private readonly UniformNoise _noise;
        private readonly TrainingBatch _batch;
        private readonly List<Tensor> _losses = [];

        public Pass(string kind, ActorGradient gradient, ObservationSpace observation, Device device)
        {
            (_options, var space) = NetworkKinds.Of(kind, Export.TestAgent.Options);
            var actions = space ?? ActionSpace.Discrete(3);
            _model = new WorldModelNetworks(_options, observation, actions);
            _actorCritic = new ActorCriticNetworks(_options, actions);
            _model.to(device);
            _actorCritic.to(device);
            _learner = new ActorCriticLearner(_model, _actorCritic, new BehaviorOptions { Horizon = 3, ActorGradient = gradient });
            _noise = new UniformNoise(1, device);
            _batch = new TrainingBatch(new SequenceBatch(4, 2, observation, actions.Size), 0.99, RewardTransform.Identity, device);
        }

        public List<Tensor> Results { get; } = [];

        // Ensembles have members that no step of so short a batch happened to draw.
        public IEnumerable<TorchSharp.Modules.Parameter> Trained => _model.named_parameters()
            .Where(p => _options.PriorEnsemble == 1 || !p.name.StartsWith("rssm.img_", StringComparison.Ordinal))
            .Concat(_actorCritic.named_parameters()).Select(p => p.parameter);

        public void Forward()
        {
            var observed = _model.Observe(_batch, _noise);
            var losses = WorldModelLoss.Compute(_model, _batch, observed, new WorldModelOptions());
            var imagined = _learner.Imagine(observed.Latents, _noise);
            var worth = _learner.Evaluate(imagined, _batch.Discount);
            var (actorLoss, entropy) = _learner.ActorLoss(worth, 0, new MetricSet());
            var (criticLoss, predicted) = _learner.CriticLoss(worth);
            _losses.AddRange([losses.Total, actorLoss, criticLoss]);
            Results.AddRange(_losses);
            Results.AddRange([
                .. losses.Metrics.Select(metric => metric.Value), observed.Latents, observed.Posterior, observed.Prior, imagined.Latents,
                imagined.Actions, worth.Rewards, worth.Discounts, worth.Returns, worth.Values, entropy, predicted,
            ]);
        }

        public void Backward() => _losses.ForEach(loss => loss.backward());

        public void Dispose()
        {
            _learner.Dispose();
            _batch.Dispose();
            _actorCritic.Dispose();
            _model.Dispose();
        }
    }
}
