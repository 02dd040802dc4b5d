using System.Text.Json.Serialization;

namespace Dreamer.Training.Networks;

/// <summary>The recurrent cell that carries the deterministic state.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellKind>))]
public enum CellKind
{
    /// <summary><see cref="Networks.LayerNormGru"/>: that of DreamerV2, and of DreamerV3's first paper.</summary>
    LayerNormGru,

    /// <summary><see cref="Networks.PlainGru"/>: DreamerV1's.</summary>
    PlainGru,
}
