namespace Dreamer.Training.Environments;

/// <summary>How a task that can be seen in two ways is shown.</summary>
public enum ObservationKind
{
    /// <summary>The numbers of its state.</summary>
    Vector,

    /// <summary>A picture of 64x64 pixels, red, green and blue.</summary>
    Image,
}
