using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using TorchSharp.Utils;

namespace Dreamer.Training.Behavior;

/// <summary>The networks of the behavior: the actor and the critic.</summary>
internal sealed class ActorCriticNetworks : Network
{
    [ComponentName(Name = "actor")]
    private readonly Actor _actor;

    [ComponentName(Name = "critic")]
    private readonly ScalarHead _critic;

    /// <summary>Makes the networks with fresh weights.</summary>
    /// <param name="options">The sizes of the latent state and of the layers.</param>
    /// <param name="actions">The action space.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">
    /// The sizes cannot be used; the message lists everything that is wrong.
    /// </exception>
    public ActorCriticNetworks(NetworkOptions options, ActionSpace actions)
        : base(nameof(ActorCriticNetworks))
    {
        options.Validate();
        _actor = new Actor(options, actions);
        _critic = NewCritic(options);
        RegisterComponents();
    }

    /// <summary>The policy.</summary>
    public Actor Actor => _actor;

    /// <summary>
    /// The critic: the expected lambda-return of a latent state. Whether it includes the state's own reward is
    /// <see cref="BehaviorOptions.ValueIncludesReward"/>.
    /// </summary>
    public ScalarHead Critic => _critic;

    /// <summary>Creates a critic with fresh weights, also for a target critic.</summary>
    internal static ScalarHead NewCritic(NetworkOptions options) =>
        new(options, options.CriticHead, options.CriticLayers ?? options.HeadLayers);
}
