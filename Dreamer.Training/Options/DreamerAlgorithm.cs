using System.Text.Json.Serialization;

namespace Dreamer.Training;

/// <summary>The algorithm that options implement; it is a label in the agent's manifest and changes nothing by itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DreamerAlgorithm>))]
public enum DreamerAlgorithm
{
    /// <summary>Hafner et al. 2021, "Mastering Atari with Discrete World Models".</summary>
    DreamerV2,

    /// <summary>Hafner et al. 2020, "Dream to Control".</summary>
    DreamerV1,

    /// <summary>Hafner et al. 2023, "Mastering Diverse Domains through World Models".</summary>
    DreamerV3,
}
