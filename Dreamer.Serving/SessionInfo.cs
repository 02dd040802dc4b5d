using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>A session that a server began.</summary>
/// <param name="SessionId">What steps are addressed to. Random: whoever knows it holds the session, so it belongs into no log.</param>
/// <param name="EpisodeId">Names the episode; with the seed it says what every sample is.</param>
/// <param name="Seed">What samples are drawn with.</param>
/// <param name="Step">Observations so far: 0, or those of the state that was loaded.</param>
/// <param name="Generation">Which weights the episode runs on to its end: 1, and one more for each that was swapped in.</param>
public sealed record SessionInfo(string SessionId, string EpisodeId, ulong Seed, long Step, int Generation);
