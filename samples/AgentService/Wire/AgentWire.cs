using Dreamer.Inference;

namespace AgentService.Wire;

/// <summary>The agent that new sessions begin with.</summary>
internal sealed record AgentAnswer(
    string Name, string Algorithm, IReadOnlyList<ObservationManifest> Observations, ActionManifest Action, HeadsManifest Heads);

/// <summary>Current use, and counts since the service started.</summary>
internal sealed record StatusAnswer(long Sessions, int SessionLimit, long Queued, int QueueLimit, int Generation, long Accepted, long Answered);

/// <summary>The agent to load instead of the served one.</summary>
/// <param name="Folder">A subfolder of the agents' folder, by its plain name.</param>
internal sealed record ReloadRequest(string Folder);

/// <summary>The agent that new sessions begin with from now on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Generation">The number of its weights: 1, and one more for each that was taken.</param>
/// <param name="Swapped">False if it was already served.</param>
internal sealed record ReloadAnswer(string Name, int Generation, bool Swapped);

/// <summary>The input.</summary>
internal sealed record EchoAnswer(long Bytes);
