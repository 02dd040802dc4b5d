using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>What became of a reload.</summary>
/// <param name="Outcome">Whether the new agent serves.</param>
/// <param name="Generation">Which weights new episodes begin with now.</param>
/// <param name="Reason">Why the folder was refused or deferred; null where it was not.</param>
public sealed record AgentReload(ReloadOutcome Outcome, int Generation, string? Reason = null);

/// <summary>How a reload ended.</summary>
public enum ReloadOutcome
{
    /// <summary>The new agent serves all episodes that begin from now on.</summary>
    Swapped,

    /// <summary>The folder holds what serves already.</summary>
    Unchanged,

    /// <summary>The folder holds nothing that may serve; what served before goes on.</summary>
    Refused,

    /// <summary>
    /// Episodes still live on as many earlier agents as may be kept (<see cref="ReloadOptions.MaxRetired"/>): the folder was not looked at; try again
    /// when some of them are over, as polling does.
    /// </summary>
    Deferred,
}
