using Dreamer.Inference.Episodes;

namespace Dreamer.Cli.Reporting;

/// <summary>An episode as it was played, with what the agent thought at each row.</summary>
/// <param name="Episode">What was seen, done and received.</param>
/// <param name="Latents">[S*C + D] of each row.</param>
/// <param name="Surprises">KL of posterior from prior of each row, in nats.</param>
/// <param name="Rewards">The predicted reward of each row.</param>
/// <param name="Values">The critic's value of each row.</param>
internal sealed record EpisodeTrace(
    Episode Episode,
    IReadOnlyList<float[]> Latents,
    IReadOnlyList<float> Surprises,
    IReadOnlyList<float> Rewards,
    IReadOnlyList<float> Values);
