using Dreamer.Inference.Episodes;

namespace Dreamer.Cli.Reporting;

/// <summary>A played episode with the agent's predictions for each row.</summary>
/// <param name="Episode">The observations, actions and rewards.</param>
/// <param name="Latents">The latent state of each row, [S*C + D].</param>
/// <param name="Surprises">KL of posterior from prior for each row, in nats.</param>
/// <param name="Rewards">The predicted reward for each row.</param>
/// <param name="Values">The critic's value for each row.</param>
internal sealed record EpisodeTrace(
    Episode Episode,
    IReadOnlyList<float[]> Latents,
    IReadOnlyList<float> Surprises,
    IReadOnlyList<float> Rewards,
    IReadOnlyList<float> Values);
