namespace Dreamer.Inference.Episodes;

/// <summary>The one check of a recorded episode against the spaces that it is meant for: those of an environment, or of an agent.</summary>
/// <param name="image">The shape of an image, or null if none is seen.</param>
/// <param name="vectorSize">The length of a vector observation, 0 if none is seen.</param>
/// <param name="actions">The actions.</param>
/// <param name="owner">Whose spaces they are, in messages.</param>
public sealed class EpisodeCheck(ImageShape? image, int vectorSize, ActionManifest actions, string owner)
{
    // Recordings round bounds to single precision, and other tools clip with a margin; relative to the bound, for bounds may be large.
    private const float BoundTolerance = 1e-5f;

    /// <summary>The number of discrete actions, or null if actions are numbers.</summary>
    public int? DiscreteActions => actions.IsDiscrete ? actions.Size : null;

    /// <summary>The check for an agent's spaces.</summary>
    public static EpisodeCheck ForAgent(AgentManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new EpisodeCheck(manifest.Image, manifest.VectorSize, manifest.Action, "the agent");
    }

    /// <summary>Every kind of error in an episode, each with its first row; parts that were not read are not checked.</summary>
    /// <param name="episode">The episode, or several in one recording.</param>
    public IReadOnlyList<string> Errors(Episode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        var errors = ShapeErrors(episode);
        return errors.Count > 0 ? errors : [.. FlagErrors(episode), .. NumberErrors(episode), .. ActionErrors(episode)];
    }

    /// <summary>Throws for an episode with errors.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="source">Where it comes from, for example a path.</param>
    /// <exception cref="InvalidEpisodeException">The episode has errors; the message lists all of them.</exception>
    public void Validate(Episode episode, string source)
    {
        if (Errors(episode) is { Count: > 0 } errors)
        {
            throw new InvalidEpisodeException($"'{source}' does not fit {owner}: {string.Join("; ", errors)}.");
        }
    }

    /// <summary>Errors in the flags, whatever the spaces are.</summary>
    internal static IEnumerable<string> FlagErrors(Episode episode)
    {
        if (!episode.IsFirst[0])
        {
            yield return "row 0 is not the first row of an episode (is_first); a file must hold whole episodes";
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

    private List<string> ShapeErrors(Episode episode)
    {
        var errors = new List<string>();
        if (episode.RowCount < 2)
        {
            errors.Add($"it has {episode.RowCount} rows; at least 2 are needed, a reset and a step");
        }
        if (episode.ImageShape != image)
        {
            errors.Add($"its image is {episode.ImageShape?.ToString() ?? "missing"}; {owner} has {image?.ToString() ?? "none"} (height, width, channels)" + Hint(episode.ImageShape));
        }
        if (episode.VectorSize != vectorSize)
        {
            errors.Add($"its vector has {episode.VectorSize} numbers; {owner} has {vectorSize}");
        }
        if (episode.ActionSize != actions.Size)
        {
            errors.Add($"its actions have {episode.ActionSize} numbers; {owner} has {actions.Size}");
        }
        return errors;
    }

    private string Hint(ImageShape? found)
    {
        if (found is null || image is null)
        {
            return "";
        }
        int[] sides = [image.Height, image.Width, image.Channels];
        return sides.Order().SequenceEqual(((int[])[found.Height, found.Width, found.Channels]).Order())
            ? ": the same sides in another order, so transpose the images" : "";
    }

    /// <summary>Numbers that are not finite, whatever the spaces are.</summary>
    internal static IEnumerable<string> NumberErrors(Episode episode)
    {
        foreach (var (what, values) in ((string, float[])[])[("vector", episode.Vectors), ("action", episode.Actions), ("reward", episode.Rewards)])
        {
            if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var at)
            {
                yield return $"the {what} of row {at / (values.Length / episode.RowCount)} holds {values[at]}; all numbers must be finite";
            }
        }
    }

    private IEnumerable<string> ActionErrors(Episode episode)
    {
        for (var row = 0; episode.Actions.Length > 0 && row < episode.RowCount; row++)
        {
            // No action led to the first row of an episode; what is recorded there is ignored.
            if (!episode.IsFirst[row] && ActionError(episode.Action(row)) is { } error)
            {
                yield return $"the action of row {row} {error}";
                yield break;
            }
        }
    }

    private string? ActionError(ReadOnlySpan<float> action)
    {
        if (actions.IsDiscrete)
        {
            return action.IndexOf(1f) >= 0 && action.Count(0f) == action.Length - 1
                ? null : $"is not one-hot: [{string.Join(", ", action[..Math.Min(action.Length, 8)].ToArray())}]";
        }
        for (var i = 0; i < action.Length && actions is { Low: { } lows, High: { } highs }; i++)
        {
            var (low, high) = (lows[i], highs[i]);
            var slack = BoundTolerance * MathF.Max(MathF.Abs(low), MathF.Abs(high));
            if (action[i] < low - slack || action[i] > high + slack)
            {
                return $"has {action[i]} as number {i}; it must be in [{low}, {high}]";
            }
        }
        return null;
    }
}
