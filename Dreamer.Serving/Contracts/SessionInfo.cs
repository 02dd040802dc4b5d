using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>A session that a server began.</summary>
/// <param name="SessionId">The session's random id. It gives access to the session, so never log it.</param>
/// <param name="EpisodeId">Names the episode; with the seed it determines every sample.</param>
/// <param name="Seed">The seed of samples.</param>
/// <param name="Step">The number of observations so far: 0, or that of the loaded state.</param>
/// <param name="Generation">Which weights the episode runs on to its end: 1, and one more for each that was swapped in.</param>
public sealed record SessionInfo(string SessionId, string EpisodeId, ulong Seed, long Step, int Generation);
