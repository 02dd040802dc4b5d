namespace Dreamer.Inference;

/// <summary>A state of the world model and the predictions of its heads.</summary>
/// <param name="Latent">[S*C + D]: stoch, then deter.</param>
/// <param name="Reward">The predicted reward for arriving in the state.</param>
/// <param name="Discount">The predicted discount factor on what follows.</param>
/// <param name="Value">The critic's value of it.</param>
/// <param name="Image">The decoded image, [H, W, C] row-major, or empty.</param>
/// <param name="Vector">The decoded vector, or empty.</param>
/// <param name="ActionProbabilities">The policy at the state, or empty if actions are continuous.</param>
/// <param name="GreedyAction">[A]: the policy's most likely action, one-hot if actions are discrete.</param>
public sealed record ImaginedState(
    float[] Latent, float Reward, float Discount, float Value, byte[] Image, float[] Vector, float[] ActionProbabilities, float[] GreedyAction);
