using Dreamer.Training.Checkpoints;
using Dreamer.Training.Native;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Validation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dreamer.Training.Optimization;

/// <summary>Adam as TensorFlow computes it, with global-norm clipping and decoupled weight decay: one step over all weights at once.</summary>
/// <remarks>
/// step = lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + eps): eps is added to a root that is not bias-corrected,
/// unlike PyTorch's. Clipping comes first, then <c>w *= 1 - decay</c> for every weight, then the step (danijar/dreamerv2,
/// tfutils.py). Weights and gradients become views of two flat buffers, so create an optimizer
/// after the modules are on their device and before anything references their old storage. Not thread-safe. Owns the
/// buffers and the moments, not the parameters.
/// </remarks>
internal sealed class AdamOptimizer : IDisposable
{
    private readonly (string Name, Parameter Value)[] _parameters;
    private readonly Tensor _weights;
    private readonly Tensor _gradients;
    private readonly Tensor _firstMoment;
    private readonly Tensor _secondMoment;
    private long _steps;

    /// <summary>Creates an optimizer of some parameters.</summary>
    /// <param name="name">The optimizer's name in checkpoints and messages.</param>
    /// <param name="parameters">The parameters with their names: all float32, on one device.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="ArgumentException">There are no parameters, or the settings are out of range.</exception>
    public AdamOptimizer(string name, IEnumerable<(string Name, Parameter Value)> parameters, AdamOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        OptionErrors.Validate(options.Errors(name), "The settings of the optimizer", nameof(options));
        (Name, Options, _parameters) = (name, options, [.. parameters]);
        if (_parameters.Length == 0)
        {
            throw new ArgumentException($"The optimizer '{name}' has no parameters.", nameof(parameters));
        }

        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var device = _parameters[0].Value.device;
        var size = _parameters.Sum(p => p.Value.numel());
        _weights = empty(size, ScalarType.Float32, device).DetachFromDisposeScope();
        _gradients = zeros(size, ScalarType.Float32, device).DetachFromDisposeScope();
        _firstMoment = zeros(size, ScalarType.Float32, device).DetachFromDisposeScope();
        _secondMoment = zeros(size, ScalarType.Float32, device).DetachFromDisposeScope();
        var offset = 0L;
        foreach (var (_, parameter) in _parameters)
        {
            var length = parameter.numel();
            var weights = _weights.narrow(0, offset, length).view(parameter.shape);
            weights.copy_(parameter);
            parameter.set_(weights);
            parameter.grad = _gradients.narrow(0, offset, length).view(parameter.shape);
            offset += length;
        }
    }

    /// <summary>The optimizer's name in checkpoints and messages.</summary>
    public string Name { get; }

    /// <summary>The settings.</summary>
    public AdamOptions Options { get; }

    /// <summary>Minimizes a loss by one step: checks it, computes the gradients, clips them and moves the weights.</summary>
    /// <returns>The global norm of the gradients before clipping.</returns>
    /// <exception cref="NonFiniteTensorException">The loss or a gradient is not finite; no weight is changed.</exception>
    public float Minimize(Tensor loss)
    {
        AddGradients(loss);
        return Step();
    }

    /// <summary>Checks a loss and adds its gradients to the accumulated ones.</summary>
    /// <exception cref="NonFiniteTensorException">The loss is not finite.</exception>
    public void AddGradients(Tensor loss)
    {
        if (!float.IsFinite(loss.item<float>()))
        {
            throw new NonFiniteTensorException($"{Name} loss");
        }
        using (TrainingPhases.Begin(TrainingPhases.Backward))
        {
            loss.backward();
        }
    }

    /// <summary>Updates the weights by the accumulated gradients, and clears these.</summary>
    /// <returns>The global norm of the gradients before clipping.</returns>
    /// <exception cref="NonFiniteTensorException">A gradient is not finite; no weight is changed, and the gradients are cleared.</exception>
    public float Step()
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Optimize);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var norm = GlobalNorm.Compute(_gradients);
        if (!double.IsFinite(norm))
        {
            var name = FirstNonFiniteGradient();
            _gradients.zero_();
            throw new NonFiniteTensorException(name);
        }

        _steps++;
        if (norm > Options.ClipNorm)
        {
            using var scale = ((float)(Options.ClipNorm / norm)).ToScalar();
            _gradients.mul_(scale);
        }
        _firstMoment.mul_(Scalars.Kept((float)Options.Beta1)).add_(_gradients, Scalars.Kept((float)(1 - Options.Beta1)));
        _secondMoment.mul_(Scalars.Kept((float)Options.Beta2)).addcmul_(_gradients, _gradients, Scalars.Kept((float)(1 - Options.Beta2)));
        var rate = Options.LearningRate * Math.Sqrt(1 - Math.Pow(Options.Beta2, _steps)) / (1 - Math.Pow(Options.Beta1, _steps));
        if (Options.WeightDecay > 0)
        {
            _weights.mul_(Scalars.Kept((float)(1 - Options.WeightDecay)));
        }
        using var step = ((float)-rate).ToScalar();
        _weights.addcdiv_(_firstMoment, _secondMoment.sqrt().add(Scalars.Kept((float)Options.Epsilon), Scalars.One), step);
        _gradients.zero_();
        return (float)norm;
    }

    /// <summary>Adds the moments and the number of steps to a checkpoint; modules save the weights.</summary>
    public void Save(Checkpoint checkpoint)
    {
        checkpoint.Add($"{Name}/first_moment", _firstMoment);
        checkpoint.Add($"{Name}/second_moment", _secondMoment);
        checkpoint.Add($"{Name}/steps", _steps);
    }

    /// <summary>Restores the moments and the number of steps from a checkpoint.</summary>
    /// <exception cref="InvalidCheckpointException">The entries are missing or have other sizes.</exception>
    public void Load(Checkpoint checkpoint)
    {
        checkpoint.CopyTo($"{Name}/first_moment", _firstMoment);
        checkpoint.CopyTo($"{Name}/second_moment", _secondMoment);
        _steps = checkpoint.GetInt64($"{Name}/steps");
    }

    /// <summary>Frees the buffers; the parameters keep their values.</summary>
    public void Dispose()
    {
        _weights.Dispose();
        _gradients.Dispose();
        _firstMoment.Dispose();
        _secondMoment.Dispose();
    }

    private string FirstNonFiniteGradient()
    {
        foreach (var (name, parameter) in _parameters)
        {
            if (parameter.grad is { } gradient && !gradient.isfinite().all().item<bool>())
            {
                return $"{Name} gradient of {name}";
            }
        }
        return $"{Name} gradients' norm";
    }
}
