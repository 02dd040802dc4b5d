using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>A view that knows how its cursor sets fall on episodes.</summary>
internal interface IEpisodeSplitView : IDataView
{
    /// <summary>
    /// Whether the cursors of a set hold whole episodes, each as one batch. A step that carries state over an episode's rows may then
    /// read such a set, and no row is read twice.
    /// </summary>
    bool SplitsByEpisode { get; }
}
