using System.Text.Json.Serialization;

namespace Dreamer.Inference.Episodes;

/// <summary>Which step the action or the reward in a recorded row belongs to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecordedTiming>))]
public enum RecordedTiming
{
    /// <summary>The step that led to the row's observation, as the reference records it; the first row of an episode has none.</summary>
    LedHere,

    /// <summary>The step that was taken at the row, after its observation was seen; usual in tables of (observation, action, reward).</summary>
    TakenHere,
}
