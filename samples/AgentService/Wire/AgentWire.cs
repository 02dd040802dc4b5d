using Dreamer.Inference;

namespace AgentService.Wire;

/// <summary>The agent that new sessions begin with.</summary>
internal sealed record AgentAnswer(string Name, string Algorithm, IReadOnlyList<ObservationManifest> Observations, ActionManifest Action, HeadsManifest Heads);

/// <summary>How much of what there is is in use, and what was answered since the service began.</summary>
internal sealed record StatusAnswer(long Sessions, int SessionLimit, long Queued, int QueueLimit, long Accepted, long Answered);

/// <summary>Which agent to take in place of the one that runs.</summary>
/// <param name="Folder">A subfolder of the agents' folder, by its plain name.</param>
internal sealed record ReloadRequest(string Folder);

/// <summary>The agent that new sessions begin with from now on.</summary>
internal sealed record ReloadAnswer(string Name, int Generation);

/// <summary>What came in.</summary>
internal sealed record EchoAnswer(long Bytes);
