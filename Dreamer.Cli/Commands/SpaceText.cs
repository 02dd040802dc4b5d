using Dreamer.Training.Environments;

namespace Dreamer.Cli.Commands;

/// <summary>Describes observation and action spaces in words.</summary>
internal static class SpaceText
{
    internal static string Describe(ObservationSpace space) => string.Join(" and ", (string[])
    [
        .. space.Image is { } image ? [$"an image of {image}"] : (string[])[],
        .. space.VectorSize > 0 ? [$"{space.VectorSize} numbers"] : (string[])[],
    ]);

    internal static string Describe(ActionSpace space) => space.IsDiscrete
        ? $"one of {string.Join(", ", space.Names)}"
        : string.Join(", ", space.Low.Zip(space.High, (low, high) => $"a number from {low} to {high}"));
}
