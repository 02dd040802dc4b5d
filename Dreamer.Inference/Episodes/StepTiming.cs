namespace Dreamer.Inference.Episodes;

/// <summary>Moves what was recorded with a step to the row that the step led to.</summary>
/// <param name="action">Which step a row's action belongs to.</param>
/// <param name="reward">Which step a row's reward belongs to; null for the same, with a question about rewards in first rows.</param>
internal sealed class StepTiming(RecordedTiming action, RecordedTiming? reward)
{
    private const string Repeated = "the last observation of an episode is repeated as the one that its last step led to";

    private bool MovesAction => action == RecordedTiming.TakenHere;

    private bool MovesReward => (reward ?? action) == RecordedTiming.TakenHere;

    /// <summary>An episode whose actions and rewards are those that led to its rows.</summary>
    /// <remarks>
    /// The last step of a table of (observation, action, reward) led to an observation that the table does not hold. If that step brought a reward or ended the
    /// episode, the last observation is repeated as the row that it led to, so that neither is lost.
    /// </remarks>
    internal Episode Apply(RecordedTable table)
    {
        if (MovesAction || MovesReward)
        {
            return Move(table);
        }
        var notes = reward is null && Question(table) is { } question ? [.. table.Notes, question] : table.Notes;
        return Episode(table, notes);
    }

    private static string? Question(RecordedTable table)
    {
        for (var row = 0; row < table.Rows; row++)
        {
            if (table.IsFirst[row] && table.Rewards[row] != 0)
            {
                return $"row {row} is the first of an episode and has the reward {table.Rewards[row]}, but no action led there: if rows hold the reward of the action taken at them, " +
                    "read them with the timing taken-here (--action-timing, --reward-timing)";
            }
        }
        return null;
    }

    private Episode Move(RecordedTable table)
    {
        var source = SourceRows(table);
        var (rows, repeats) = (source.Length, source.Length - table.Rows);
        var (actions, rewards) = (new float[table.Actions.Length == 0 ? 0 : rows * table.ActionSize], new float[rows]);
        var (first, last, terminal) = (new bool[rows], new bool[rows], new bool[rows]);
        for (var row = 0; row < rows; row++)
        {
            var from = source[row];
            var (repeatedNext, repeated) = (row + 1 < rows && source[row + 1] == from, row > 0 && source[row - 1] == from);
            (first[row], last[row], terminal[row]) = (table.IsFirst[from] && !repeated, table.IsLast[from] && !repeatedNext, table.IsTerminal[from] && !repeatedNext);
            // The step that led to this row, or -1.
            var step = first[row] || row == 0 ? -1 : source[row - 1];
            var (rewarded, taken) = (MovesReward ? step : repeated ? -1 : from, MovesAction ? step : repeated ? -1 : from);
            rewards[row] = rewarded < 0 ? 0 : table.Rewards[rewarded];
            if (taken >= 0 && actions.Length > 0)
            {
                table.Actions.AsSpan(taken * table.ActionSize, table.ActionSize).CopyTo(actions.AsSpan(row * table.ActionSize));
            }
        }
        var moved = table with
        {
            Images = Rows(table.Images, table.ImageShape?.Size ?? 0, source, repeats),
            Vectors = Rows(table.Vectors, table.VectorSize, source, repeats),
            Logs = table.Logs.ToDictionary(log => log.Key, log => Rows(log.Value, 1, source, repeats)),
            Actions = actions,
            Rewards = rewards,
            IsFirst = first,
            IsLast = last,
            IsTerminal = terminal,
        };
        return Episode(moved, repeats > 0 ? [.. table.Notes, Repeated] : table.Notes);
    }

    /// <summary>The recorded row of each row, with last rows that another step follows twice.</summary>
    private int[] SourceRows(RecordedTable table)
    {
        var source = new List<int>(table.Rows + 1);
        for (var row = 0; row < table.Rows; row++)
        {
            source.Add(row);
            var ends = table.IsLast[row] || row + 1 == table.Rows || table.IsFirst[row + 1];
            if (ends && MovesReward && (table.Rewards[row] != 0 || (table.EndsBelongToSteps && table.IsLast[row])))
            {
                source.Add(row);
            }
        }
        return [.. source];
    }

    private static T[] Rows<T>(T[] values, int size, int[] source, int repeats)
    {
        if (repeats == 0 || values.Length == 0)
        {
            return values;
        }
        var rows = new T[source.Length * size];
        for (var row = 0; row < source.Length; row++)
        {
            values.AsSpan(source[row] * size, size).CopyTo(rows.AsSpan(row * size));
        }
        return rows;
    }

    private static Episode Episode(RecordedTable table, IReadOnlyList<string> notes) => new()
    {
        Id = table.Id,
        ImageShape = table.ImageShape,
        Images = table.Images,
        VectorSize = table.VectorSize,
        Vectors = table.Vectors,
        ActionSize = table.ActionSize,
        Actions = table.Actions,
        Rewards = table.Rewards,
        IsFirst = table.IsFirst,
        IsLast = table.IsLast,
        IsTerminal = table.IsTerminal,
        Logs = table.Logs,
        Notes = notes,
    };
}
