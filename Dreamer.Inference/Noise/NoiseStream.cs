namespace Dreamer.Inference;

/// <summary>What a random number is drawn for: streams of one step are independent of each other.</summary>
/// <remarks>The values are part of what a seed means and never change.</remarks>
public enum NoiseStream
{
    /// <summary>The sample of the posterior at a recorded or live row.</summary>
    Posterior = 0,

    /// <summary>The sample of the policy's action at a row.</summary>
    Action = 1,

    /// <summary>The samples of the prior in imagination.</summary>
    Prior = 2,

    /// <summary>The samples of the policy's actions in imagination.</summary>
    ImaginedAction = 3,

    /// <summary>Noise on the actions of a policy in training.</summary>
    Exploration = 4,
}
