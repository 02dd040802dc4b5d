using System.CommandLine;
using System.Globalization;
using Dreamer.Inference;
using Dreamer.Training;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Commands;

/// <summary>What an agent sees and does, as text.</summary>
internal static class SpaceArguments
{
    private const string Continuous = "continuous:";

    internal static Option<string?> ImageOption() => new("--image") { Description = "The image that is seen, height x width x channels: 64x64x1 say." };

    internal static Option<int> VectorOption() => new("--vector") { Description = "How many numbers are seen beside the image, or without one." };

    internal static Option<string?> ActionsOption() => new("--actions") { Description = "How many actions there are to pick from, or continuous:N." };

    /// <summary>What was said, or else what the preset's environment shows and takes.</summary>
    /// <exception cref="ArgumentException">Too little was said, or the preset has no networks for it.</exception>
    internal static (ObservationSpace Observation, ActionSpace Actions) Of(DreamerOptions preset, string? image, int vector, string? actions)
    {
        var spaces = Find(preset, image, vector, actions);
        return preset.Networks.Errors(spaces.Observation) is { Count: > 0 } errors
            ? throw new ArgumentException($"Preset '{preset.Preset}' has no networks for that: {string.Join(" ", errors)}", nameof(preset)) : spaces;
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
                $"Preset '{preset.Preset}' comes without an environment: say what is seen (--image HxWxC, --vector N or both) and done (--actions N or continuous:N).", nameof(preset));
        }
        var environment = EnvironmentRegistry.Default.Create(preset.Environment, seed: 0);
        return (seen ? Observation(image, vector) : environment.ObservationSpace, actions is null ? environment.ActionSpace : Actions(actions));
    }

    /// <summary>What is seen.</summary>
    /// <param name="image">HxWxC, or null where there is no image.</param>
    /// <param name="vector">How many numbers, 0 for none.</param>
    /// <exception cref="ArgumentException">The image is no such text, or there is neither image nor vector.</exception>
    internal static ObservationSpace Observation(string? image, int vector) => new(image is null ? null : Image(image), vector);

    /// <summary>What is done: N actions to pick from, or <c>continuous:N</c> numbers from -1 to 1.</summary>
    /// <exception cref="ArgumentException">It is no such text.</exception>
    internal static ActionSpace Actions(string text)
    {
        var isContinuous = text.StartsWith(Continuous, StringComparison.Ordinal);
        if (!TrySize(isContinuous ? text.AsSpan(Continuous.Length) : text, out var count))
        {
            throw new ArgumentException($"Actions '{text}' are neither a number of discrete actions, 18 say, nor continuous:N for N numbers.", nameof(text));
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
            : throw new ArgumentException($"Image '{text}' is not of the form height x width x channels, 64x64x1 say.", nameof(text));
    }

    private static bool TrySize(ReadOnlySpan<char> text, out int size) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is > 0 and <= 1 << 15;
}
