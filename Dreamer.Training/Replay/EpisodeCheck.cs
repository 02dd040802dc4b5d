using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Replay;

/// <summary>The one check of a recorded episode against the spaces of the environment that is trained on.</summary>
internal sealed class EpisodeCheck(ObservationSpace observation, ActionSpace actions)
{
    // Recordings round bounds to single precision, and other tools clip with a margin; relative to the bound, for bounds may be large.
    private const float BoundTolerance = 1e-5f;

    /// <summary>Every kind of error in an episode, each with its first row.</summary>
    internal IEnumerable<string> Errors(Episode episode) =>
        Shapes(episode) is { Count: > 0 } errors ? errors : [.. Flags(episode), .. Numbers(episode), .. Actions(episode)];

    private List<string> Shapes(Episode episode)
    {
        var errors = new List<string>();
        if (episode.RowCount < 2)
        {
            errors.Add($"it has {episode.RowCount} rows; at least 2 are needed, a reset and a step");
        }
        if (episode.ImageShape != observation.Image)
        {
            errors.Add($"its image is {episode.ImageShape?.ToString() ?? "missing"}; the environment's is {observation.Image?.ToString() ?? "none"} (height, width, channels)"
                + Hint(episode));
        }
        if (episode.VectorSize != observation.VectorSize)
        {
            errors.Add($"its vector has {episode.VectorSize} numbers; the environment's has {observation.VectorSize}");
        }
        if (episode.ActionSize != actions.Size)
        {
            errors.Add($"its actions have {episode.ActionSize} numbers; the environment's have {actions.Size}");
        }
        return errors;
    }

    private string Hint(Episode episode)
    {
        if (episode.ImageShape is not { } found || observation.Image is not { } expected)
        {
            return "";
        }
        int[] sides = [expected.Height, expected.Width, expected.Channels];
        return sides.Order().SequenceEqual(((int[])[found.Height, found.Width, found.Channels]).Order())
            ? ": the same sides in another order, so transpose the images" : "";
    }

    private static IEnumerable<string> Flags(Episode episode)
    {
        if (!episode.IsFirst[0])
        {
            yield return "row 0 is not the first row of an episode (is_first)";
        }
        for (var row = 0; row < episode.RowCount - 1; row++)
        {
            if ((episode.IsTerminal[row] || episode.IsLast[row]) && !episode.IsFirst[row + 1])
            {
                yield return $"row {row} is {(episode.IsTerminal[row] ? "terminal" : "last")}, but row {row + 1} does not start an episode (is_first)";
                yield break;
            }
        }
    }

    private static IEnumerable<string> Numbers(Episode episode)
    {
        foreach (var (what, values) in ((string, float[])[])[("vector", episode.Vectors), ("action", episode.Actions), ("reward", episode.Rewards)])
        {
            if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var at)
            {
                yield return $"the {what} of row {at / (values.Length / episode.RowCount)} holds {values[at]}; all numbers must be finite";
            }
        }
    }

    private IEnumerable<string> Actions(Episode episode)
    {
        for (var row = 0; row < episode.RowCount; row++)
        {
            // No action led to the first row of an episode; what is recorded there is ignored.
            if (!episode.IsFirst[row] && Error(episode.Action(row)) is { } error)
            {
                yield return $"the action of row {row} {error}";
                yield break;
            }
        }
    }

    private string? Error(ReadOnlySpan<float> action)
    {
        if (actions.IsDiscrete)
        {
            return action.IndexOf(1f) >= 0 && action.Count(0f) == action.Length - 1
                ? null : $"is not one-hot: [{string.Join(", ", action[..Math.Min(action.Length, 8)].ToArray())}]";
        }
        for (var i = 0; i < action.Length; i++)
        {
            var (low, high) = (actions.Low[i], actions.High[i]);
            var slack = BoundTolerance * MathF.Max(MathF.Abs(low), MathF.Abs(high));
            if (action[i] < low - slack || action[i] > high + slack)
            {
                return $"has {action[i]} as number {i}; it must be in [{low}, {high}]";
            }
        }
        return null;
    }
}
