namespace Dreamer.Inference.Episodes;

/// <summary>Turns the numbers of discrete actions into one-hot vectors.</summary>
internal static class ActionIndices
{
    /// <summary>One-hot vectors, one per row.</summary>
    /// <param name="indices">The number of each row's action, from 0.</param>
    /// <param name="count">The number of actions.</param>
    /// <param name="first">First rows of episodes.</param>
    /// <param name="last">Last rows of episodes.</param>
    /// <param name="timing">Which step a row's action belongs to. What stands in a row that no action belongs to is ignored.</param>
    /// <param name="where">The array and the file, for messages.</param>
    /// <exception cref="InvalidEpisodeException">A number is not an action's.</exception>
    internal static float[] ToOneHots(float[] indices, int count, ReadOnlySpan<bool> first, ReadOnlySpan<bool> last, RecordedTiming timing, string where)
    {
        var actions = new float[indices.Length * count];
        for (var row = 0; row < indices.Length; row++)
        {
            var ends = row + 1 == indices.Length || first[row + 1] || last[row];
            var isUsed = timing == RecordedTiming.LedHere ? !first[row] : !ends;
            var isValid = indices[row] >= 0 && indices[row] < count && indices[row] == MathF.Floor(indices[row]);
            if (!isValid && isUsed)
            {
                throw new InvalidEpisodeException($"{where} has {indices[row]} in row {row}; the number of an action, an integer in [0, {count - 1}], is expected.");
            }
            // The last step of a table counts if it brought a reward.
            if (isValid && (isUsed || timing == RecordedTiming.TakenHere))
            {
                actions[row * count + (int)indices[row]] = 1;
            }
        }
        return actions;
    }
}
