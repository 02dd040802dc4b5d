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
    /// <param name="actions">What can be done.</param>
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
    /// The critic: the expected lambda-return of a latent state; whether the state's own reward is part of it,
    /// <see cref="Behavior.BehaviorOptions.ValueIncludesReward"/> says.
    /// </summary>
    public ScalarHead Critic => _critic;

    /// <summary>A critic with fresh weights, as for a target of the same shape.</summary>
    internal static ScalarHead NewCritic(NetworkOptions options) =>
        new(options, options.CriticHead, options.CriticLayers ?? options.HeadLayers);
}
