using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The result of a reload.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Generation">Which weights new episodes begin with now.</param>
/// <param name="Reason">Why the folder was refused or deferred; null if it was not.</param>
public sealed record AgentReload(ReloadOutcome Outcome, int Generation, string? Reason = null);

/// <summary>How a reload ended.</summary>
public enum ReloadOutcome
{
    /// <summary>The new agent serves all later episodes.</summary>
    Swapped,

    /// <summary>The folder holds the served agent.</summary>
    Unchanged,

    /// <summary>The folder was refused; the served agent continues.</summary>
    Refused,

    /// <summary>
    /// Live episodes still use as many earlier agents as may be kept (<see cref="ReloadOptions.MaxRetired"/>). The folder was not read; try again
    /// after some episodes have ended, as polling does.
    /// </summary>
    Deferred,
}
