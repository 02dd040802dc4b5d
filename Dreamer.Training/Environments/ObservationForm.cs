using Dreamer.Training.Environments.Drawing;

namespace Dreamer.Training.Environments;

/// <summary>What a task needs to be seen in one of its two ways.</summary>
internal static class ObservationForm
{
    /// <summary>The space, and the vector or the canvas to show it on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static (ObservationSpace Space, float[]? Vector, Canvas? Canvas) Create(ObservationKind observation, int vectorSize) => observation switch
    {
        ObservationKind.Vector => (new ObservationSpace(image: null, vectorSize), new float[vectorSize], null),
        ObservationKind.Image => (new ObservationSpace(Canvas.Shape), null, new Canvas()),
        _ => throw new ArgumentOutOfRangeException(nameof(observation), observation, "An observation is Vector or Image."),
    };
}
