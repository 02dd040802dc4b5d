using Dreamer.Training.Distributions;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using TorchSharp.Utils;

namespace Dreamer.Training.Behavior;

/// <summary>The policy: the distribution of the action, from the latent state.</summary>
/// <remarks>
/// Discrete actions are one-hot samples of a categorical; continuous ones are in [-1, 1], whatever the bounds of the environment
/// (<see cref="ActionScaling"/>).
/// </remarks>
internal sealed class Actor : Network
{
    [ComponentName(Name = "head")]
    private readonly MlpHead _head;

    [ComponentName(Name = "std")]
    private readonly Dense? _std;

    /// <summary>Makes a policy with fresh weights.</summary>
    /// <param name="options">The sizes of the latent state and of the layers, and what continuous actions are drawn from.</param>
    /// <param name="actions">The action space.</param>
    public Actor(NetworkOptions options, ActionSpace actions)
        : base(nameof(Actor))
    {
        Actions = options.CreateActions(actions);
        _head = new MlpHead(options, actions.Size);
        _std = actions.IsDiscrete ? null : new Dense(options.HeadUnits, actions.Size);
        RegisterComponents();
    }

    /// <summary>The distribution of the action.</summary>
    public IDistribution Actions { get; }

    /// <summary>The distribution's statistics: the logits of discrete actions, means and standard deviations of continuous ones.</summary>
    /// <param name="latent">[batch, latent].</param>
    /// <returns>[batch, statistics].</returns>
    public Traced Forward(Traced latent)
    {
        var hidden = _head.Hidden(latent);
        var outputs = _head.Output(hidden);
        return Actions.Statistics(_std is null ? outputs : Traced.Concat(1, outputs, _std.Forward(hidden)));
    }
}
