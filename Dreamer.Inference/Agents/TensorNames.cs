namespace Dreamer.Inference;

/// <summary>The names of the graphs' inputs and outputs.</summary>
public static class TensorNames
{
    /// <summary>[batch, H, W, C] uint8: the raw image; scaling is in the graph.</summary>
    public const string Image = "image";

    /// <summary>[batch, N] float32.</summary>
    public const string Vector = "vector";

    /// <summary>[batch, E] float32: the encoder's output.</summary>
    public const string Embedding = "embedding";

    /// <summary>[batch, S*C + D] float32: the state before a step, zeros at an episode's start.</summary>
    public const string PrevLatent = "prev_latent";

    /// <summary>[batch, A] float32: the action that led to the row; one-hot if actions are discrete.</summary>
    public const string PrevAction = "prev_action";

    /// <summary>[batch, 1] float32: 1 if the row is an episode's first; masks state and action inside the graph.</summary>
    public const string IsFirst = "is_first";

    /// <summary>[batch, S*C] float32 in (0, 1), C is 1 if latents are Gaussian: the noise of the latent's sample.</summary>
    public const string StochNoise = "stoch_noise";

    /// <summary>[batch, S*C + D] float32: stoch first, row-major, then deter. The whole recurrent state.</summary>
    public const string Latent = "latent";

    /// <summary>[batch, S*C] float32: logits of a categorical latent given the observation.</summary>
    public const string PosteriorLogits = "posterior_logits";

    /// <summary>[batch, S*C] float32: logits of a categorical latent before the observation.</summary>
    public const string PriorLogits = "prior_logits";

    /// <summary>[batch, 2*S] float32: means, then standard deviations, of a Gaussian latent given the observation.</summary>
    public const string PosteriorStats = "posterior_stats";

    /// <summary>[batch, 2*S] float32: means, then standard deviations, of a Gaussian latent before the observation.</summary>
    public const string PriorStats = "prior_stats";

    /// <summary>[batch, 1] float32, in nats: KL of the posterior from the prior.</summary>
    public const string Kl = "kl";

    /// <summary>[batch, A] float32 in (0, 1): the noise of the action's sample.</summary>
    public const string ActionNoise = "action_noise";

    /// <summary>[batch, A] float32: the sampled action; one-hot if actions are discrete, within the bounds if they are continuous.</summary>
    public const string Action = "action";

    /// <summary>[batch, A] float32: the most likely discrete action, or the bounded mean.</summary>
    public const string ActionMode = "action_mode";

    /// <summary>[batch, A] float32: the policy's logits over discrete actions.</summary>
    public const string Logits = "logits";

    /// <summary>[batch, A] float32: the means of the normal distributions behind continuous actions, on the scale from -1 to 1.</summary>
    public const string Mean = "mean";

    /// <summary>[batch, A] float32: their standard deviations.</summary>
    public const string Std = "std";

    /// <summary>[batch, 1] float32: the reward for arriving in the state.</summary>
    public const string Reward = "reward";

    /// <summary>[batch, 1] float32: the discount factor on what follows the state, 0 if the episode ends.</summary>
    public const string Discount = "discount";

    /// <summary>[batch, 1] float32: the critic's value of the state.</summary>
    public const string Value = "value";

    /// <summary>[batch, horizon, A] float32 in (0, 1): the noise of the actions' samples, step by step.</summary>
    public const string RolloutActionNoise = "rollout_action_noise";

    /// <summary>[batch, horizon, S*C] float32 in (0, 1): the noise of the latents' samples, step by step.</summary>
    public const string RolloutStochNoise = "rollout_stoch_noise";

    /// <summary>[batch, horizon, A] float32: the policy's actions; number 0 is taken in the start state.</summary>
    public const string RolloutActions = "rollout_actions";

    /// <summary>[batch, horizon] float32: the rewards for arriving in the state that each action leads to.</summary>
    public const string RolloutRewards = "rollout_rewards";

    /// <summary>[batch, horizon] float32: the discounts of those states.</summary>
    public const string RolloutDiscounts = "rollout_discounts";

    /// <summary>[batch, horizon] float32: the critic's values of those states.</summary>
    public const string RolloutValues = "rollout_values";

    /// <summary>[batch, 1] float32: the lambda-return of the start state, which includes its own reward if its value does.</summary>
    public const string RolloutReturn = "rollout_return";
}
