namespace Dreamer.Inference;

/// <summary>The purpose of a random number; the streams of one step are independent.</summary>
/// <remarks>The values define the meaning of a seed and never change.</remarks>
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
