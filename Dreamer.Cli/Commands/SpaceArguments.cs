using System.CommandLine;
using System.Globalization;
using Dreamer.Inference;
using Dreamer.Training;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Commands;

/// <summary>The options that describe an observation space and an action space.</summary>
internal static class SpaceArguments
{
    private const string Continuous = "continuous:";

    internal static Option<string?> ImageOption() => new("--image") { Description = "The observed image, height x width x channels, such as 64x64x1." };

    internal static Option<int> VectorOption() => new("--vector") { Description = "The size of the observed vector, with or without an image." };

    internal static Option<string?> ActionsOption() => new("--actions") { Description = "The number of discrete actions, or continuous:N." };

    /// <summary>The spaces given on the command line, or those of the preset's environment.</summary>
    /// <exception cref="ArgumentException">The spaces are incomplete, or the preset has no networks for them.</exception>
    internal static (ObservationSpace Observation, ActionSpace Actions) Resolve(DreamerOptions preset, string? image, int vector, string? actions)
    {
        var spaces = Find(preset, image, vector, actions);
        return preset.Networks.Errors(spaces.Observation) is { Count: > 0 } errors
            ? throw new ArgumentException($"Preset '{preset.Preset}' has no networks for these spaces: {string.Join(" ", errors)}", nameof(preset)) : spaces;
    }

    private static (ObservationSpace Observation, ActionSpace Actions) Find(DreamerOptions preset, string? image, int vector, string? actions)
    {
        var seen = image is not null || vector != 0;
        if (seen && actions is not null)
        {
            return (Observation(image, vector), Actions(actions));
        }
        if (!EnvironmentRegistry.Default.Names.Contains(preset.Environment))
        {
            throw new ArgumentException(
                $"Preset '{preset.Preset}' has no built-in environment: describe the observation (--image HxWxC, --vector N or both) and the actions (--actions N or continuous:N).", nameof(preset));
        }
        var environment = EnvironmentRegistry.Default.Create(preset.Environment, seed: 0);
        return (seen ? Observation(image, vector) : environment.ObservationSpace, actions is null ? environment.ActionSpace : Actions(actions));
    }

    /// <summary>Creates an observation space.</summary>
    /// <param name="image">HxWxC, or null for no image.</param>
    /// <param name="vector">The size of the vector, 0 for none.</param>
    /// <exception cref="ArgumentException">The image is malformed, or there is neither an image nor a vector.</exception>
    internal static ObservationSpace Observation(string? image, int vector) => new(image is null ? null : Image(image), vector);

    /// <summary>Parses an action space: N discrete actions, or <c>continuous:N</c> for N numbers from -1 to 1.</summary>
    /// <exception cref="ArgumentException">The text is malformed.</exception>
    internal static ActionSpace Actions(string text)
    {
        var isContinuous = text.StartsWith(Continuous, StringComparison.Ordinal);
        if (!TrySize(isContinuous ? text.AsSpan(Continuous.Length) : text, out var count))
        {
            throw new ArgumentException($"--actions is '{text}'; it must be a number of discrete actions, such as 18, or continuous:N for N numbers.", nameof(text));
        }
        return isContinuous
            ? ActionSpace.Continuous([.. Enumerable.Repeat(-1f, count)], [.. Enumerable.Repeat(1f, count)])
            : ActionSpace.Discrete(count);
    }

    private static ImageShape Image(string text)
    {
        var sides = text.Split('x');
        return sides.Length == 3 && TrySize(sides[0], out var height) && TrySize(sides[1], out var width) && TrySize(sides[2], out var channels)
            ? new ImageShape(height, width, channels)
            : throw new ArgumentException($"--image is '{text}'; it must be height x width x channels, such as 64x64x1.", nameof(text));
    }

    private static bool TrySize(ReadOnlySpan<char> text, out int size) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is > 0 and <= 1 << 15;
}
