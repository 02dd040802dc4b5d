using Dreamer.Inference.Episodes;

namespace Dreamer.MLNet;

/// <summary>A source of episodes, one at a time.</summary>
/// <param name="Name">Its name in messages, for example a path.</param>
/// <param name="Read">Reads them from the start, with at least the requested parts.</param>
internal sealed record EpisodeSource(string Name, Func<EpisodeParts, IEnumerable<Episode>> Read);
