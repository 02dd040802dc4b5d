using Dreamer.Inference.Episodes;

namespace Dreamer.MLNet;

/// <summary>Where episodes come from, one at a time.</summary>
/// <param name="Name">What to call it in messages, a path say.</param>
/// <param name="Read">Reads them from the start, with the parts that are asked for at least.</param>
internal sealed record EpisodeSource(string Name, Func<EpisodeParts, IEnumerable<Episode>> Read);
