using System.Text.Json.Serialization;

namespace Dreamer.Training.WorldModel;

/// <summary>Heads whose gradients reach the state that they read, so that they shape what is represented (the reference's <c>grad_heads</c>).</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<GradientHeads>))]
public enum GradientHeads
{
    /// <summary>None: the state learns only from the KL loss.</summary>
    None = 0,

    /// <summary>The decoder of images and vectors.</summary>
    Decoder = 1,

    /// <summary>The reward head.</summary>
    Reward = 2,

    /// <summary>The discount head.</summary>
    Discount = 4,

    /// <summary>All of them.</summary>
    All = Decoder | Reward | Discount,
}
