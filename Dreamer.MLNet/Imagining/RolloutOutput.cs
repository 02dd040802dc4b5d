namespace Dreamer.MLNet;

/// <summary>The columns that <c>ImagineRollout</c> adds, in order; a column's name ends in the member's.</summary>
internal enum RolloutOutput
{
    /// <summary>The actions taken.</summary>
    Actions,

    /// <summary>The rewards of arriving in the imagined states.</summary>
    Rewards,

    /// <summary>The discount factors on what follows them.</summary>
    Discounts,

    /// <summary>Their values.</summary>
    Values,

    /// <summary>The return at the row.</summary>
    Return,
}
