namespace Dreamer.MLNet;

/// <summary>The actions of an imagined rollout.</summary>
public enum ImaginedActions
{
    /// <summary>The policy's.</summary>
    Policy,

    /// <summary>Actions from a column.</summary>
    Given,

    /// <summary>What if: one rollout per discrete action, which is taken first; the policy's actions follow.</summary>
    Each,
}
