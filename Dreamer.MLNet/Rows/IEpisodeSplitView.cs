using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>A view that knows how its cursor sets fall on episodes.</summary>
internal interface IEpisodeSplitView : IDataView
{
    /// <summary>
    /// Whether the cursors of a set hold whole episodes, each a batch of its own: then whoever carries state over an episode's rows may
    /// read such a set, and nobody reads a row twice.
    /// </summary>
    bool SplitsByEpisode { get; }
}
