namespace Dreamer.MLNet;

/// <summary>Whose actions an imagined rollout takes.</summary>
public enum ImaginedActions
{
    /// <summary>The policy's.</summary>
    Policy,

    /// <summary>Those of a column.</summary>
    Given,

    /// <summary>What if: a rollout for every discrete action, which is taken first; the policy's follow.</summary>
    Each,
}
