namespace Dreamer.Training.Environments;

/// <summary>The kind of observation of a task that offers two.</summary>
public enum ObservationKind
{
    /// <summary>The numbers of its state.</summary>
    Vector,

    /// <summary>A picture of 64x64 pixels, red, green and blue.</summary>
    Image,
}
