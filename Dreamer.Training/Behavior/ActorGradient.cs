using System.Text.Json.Serialization;

namespace Dreamer.Training.Behavior;

/// <summary>Where the actor's gradient comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActorGradient>))]
public enum ActorGradient
{
    /// <summary><see cref="Reinforce"/> for discrete actions, <see cref="Dynamics"/> for continuous ones.</summary>
    Auto,

    /// <summary>The likelihood of what was done, weighted by how much better than expected it went.</summary>
    Reinforce,

    /// <summary>The returns themselves, back through the imagined states into the actions.</summary>
    Dynamics,

    /// <summary>A mixture of the two, by <see cref="BehaviorOptions.ActorGradientMix"/>.</summary>
    Both,
}
