namespace Dreamer.MLNet;

/// <summary>The meaning of a row's action.</summary>
public enum ActionTiming
{
    /// <summary>The action that led to the row's observation; the first row of an episode has none.</summary>
    LedHere,

    /// <summary>The action that was taken at the row, after its observation was seen.</summary>
    TakenHere,
}
