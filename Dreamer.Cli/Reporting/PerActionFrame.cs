namespace Dreamer.Cli.Reporting;

/// <summary>What an agent observes at one step, and what it predicts for each action.</summary>
/// <param name="Episode">The episode's id.</param>
/// <param name="Step">The row's number in the episode.</param>
/// <param name="Taken">The action that the policy takes here.</param>
/// <param name="Received">The reward received on arriving here.</param>
/// <param name="Surprise">KL of posterior from prior, in nats.</param>
/// <param name="Original">The observed image, as a data URI.</param>
/// <param name="Decoded">The decoded latent state and its predicted outcome.</param>
/// <param name="Actions">The branches, one per action.</param>
internal sealed record PerActionFrame(
    string Episode,
    long Step,
    int Taken,
    float Received,
    float Surprise,
    string Original,
    PictureWithOutcome Decoded,
    IReadOnlyList<ActionBranch> Actions);

/// <summary>One action and the predicted next states.</summary>
/// <param name="Name">The action's name.</param>
/// <param name="Probability">The policy's probability of the action.</param>
/// <param name="Mode">The most likely next state.</param>
/// <param name="Samples">Next states drawn from the prior.</param>
internal sealed record ActionBranch(string Name, float Probability, PictureWithOutcome Mode, IReadOnlyList<PictureWithOutcome> Samples);

/// <summary>A decoded state and its predicted outcome.</summary>
/// <param name="Image">The decoded image as a data URI.</param>
/// <param name="Reward">The predicted reward of arriving in this state.</param>
/// <param name="Discount">The predicted discount.</param>
/// <param name="Value">The critic's value of this state.</param>
internal sealed record PictureWithOutcome(string Image, float Reward, float Discount, float Value);
