using Dreamer.Inference.Episodes;

namespace Dreamer.MLNet;

/// <summary>The timing of a pipeline's rows, as files know it.</summary>
internal static class RecordedTimings
{
    internal static RecordedTiming ToRecorded(this ActionTiming timing) =>
        timing == ActionTiming.TakenHere ? RecordedTiming.TakenHere : RecordedTiming.LedHere;
}
