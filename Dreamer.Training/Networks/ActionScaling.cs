using Dreamer.Training.Environments;
using Dreamer.Training.Tracing;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Dreamer.Training.Networks;

/// <summary>
/// Converts between the actions of an environment, with its bounds, and those of the networks: continuous ones are in [-1, 1].
/// One-hot vectors pass unchanged.
/// </summary>
/// <remarks>
/// Applied at the inputs and outputs, in training and in exported graphs alike, so that everything outside the networks
/// (replay, recordings, sessions, pipelines) uses the environment's own actions. Results are within the bounds.
/// </remarks>
internal sealed class ActionScaling : Network
{
    private readonly bool _isDiscrete;

    [ComponentName(Name = "low")]
    private Tensor? _low;

    [ComponentName(Name = "high")]
    private Tensor? _high;

    [ComponentName(Name = "center")]
    private Tensor? _center;

    [ComponentName(Name = "radius")]
    private Tensor? _radius;

    /// <summary>Takes the bounds of a space.</summary>
    /// <param name="actions">The environment's actions.</param>
    public ActionScaling(ActionSpace actions)
        : base(nameof(ActionScaling))
    {
        _isDiscrete = actions.IsDiscrete;
        if (!actions.IsDiscrete && !(actions.Low.All(bound => bound == -1) && actions.High.All(bound => bound == 1)))
        {
            _low = Buffer(actions.Low);
            _high = Buffer(actions.High);
            // In double precision first: the bounds may be far from zero and close to each other, or span almost all numbers.
            _center = Buffer(actions.Low.Zip(actions.High, (low, high) => (float)(low + ((double)high - low) / 2)));
            _radius = Buffer(actions.Low.Zip(actions.High, (low, high) => (float)(((double)high - low) / 2)));
        }
        RegisterComponents();
    }

    /// <summary>Converts the environment's actions for the networks.</summary>
    /// <param name="action">[batch, action], within the bounds.</param>
    /// <returns>[batch, action], in [-1, 1] where actions are continuous.</returns>
    public Traced ToNetworks(Traced action) => 
        _center is null ? action : (action - (Traced)_center) / (Traced)_radius!;

    /// <summary>Converts the networks' actions for the environment.</summary>
    /// <param name="action">[batch, action]; continuous actions are clamped to [-1, 1].</param>
    /// <returns>[batch, action], within the bounds.</returns>
    public Traced ToEnvironment(Traced action)
    {
        if (_isDiscrete)
        {
            return action;
        }
        var bounded = action.Clamp(-1, 1);
        // Rounding may exceed the bounds by an ulp, which an environment may reject.
        return _center is null ? bounded : (bounded * (Traced)_radius! + (Traced)_center).Maximum(_low!).Minimum(_high!);
    }

    private static Tensor Buffer(IEnumerable<float> values) => tensor(values.ToArray()).DetachFromDisposeScope();
}
