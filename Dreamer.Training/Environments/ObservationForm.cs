using Dreamer.Training.Environments.Drawing;

namespace Dreamer.Training.Environments;

/// <summary>Creates what a task needs for one of its two kinds of observation.</summary>
internal static class ObservationForm
{
    /// <summary>The space, and the vector or the canvas of the observation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unknown.</exception>
    public static (ObservationSpace Space, float[]? Vector, Canvas? Canvas) Create(ObservationKind observation, int vectorSize) => observation switch
    {
        ObservationKind.Vector => (new ObservationSpace(image: null, vectorSize), new float[vectorSize], null),
        ObservationKind.Image => (new ObservationSpace(Canvas.Shape), null, new Canvas()),
        _ => throw new ArgumentOutOfRangeException(nameof(observation), observation, "It must be Vector or Image."),
    };
}
