using Dreamer.Training.Environments;
using Dreamer.Training.Tracing;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>The policy: a categorical over the discrete actions, from the latent state.</summary>
public sealed class Actor : Network
{
    [ComponentName(Name = "head")]
    private readonly MlpHead _head;

    /// <summary>Makes a policy with fresh weights.</summary>
    /// <param name="options">The sizes of the latent state and of the layers.</param>
    /// <param name="actions">What it picks from.</param>
    /// <exception cref="ArgumentException">The actions are not discrete.</exception>
    public Actor(NetworkOptions options, ActionSpace actions)
        : base(nameof(Actor))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(actions);
        if (!actions.IsDiscrete)
        {
            throw new ArgumentException($"This actor picks discrete actions; the space has {actions.Size} continuous numbers.", nameof(actions));
        }
        Actions = new OneHotCategorical(1, actions.Size);
        _head = new MlpHead(options, actions.Size);
        RegisterComponents();
    }

    /// <summary>The distribution of the action.</summary>
    public OneHotCategorical Actions { get; }

    /// <summary>The logits of the actions.</summary>
    /// <param name="latent">[batch, latent].</param>
    /// <returns>[batch, action].</returns>
    public Traced Forward(Traced latent) => _head.Forward(latent);
}
