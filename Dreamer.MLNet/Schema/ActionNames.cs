using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>Finds the agent's actions by the names of a column's keys or slots, whose order is the data's.</summary>
internal static class ActionNames
{
    /// <summary>The agent's action of each key or slot, counted from 0.</summary>
    /// <param name="column">A key, a vector of keys, or a vector of numbers.</param>
    /// <param name="option">The option that names the column, for messages.</param>
    /// <param name="actions">The agent's actions in order, or null if they are continuous.</param>
    /// <param name="unnamedKeys">Whether keys without names are the agent's actions in order.</param>
    /// <returns>Null if the order is the agent's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A name is not an action's, or a key has no names and must.</exception>
    internal static int[]? Map(DataViewSchema.Column column, string option, IReadOnlyList<string>? actions, bool unnamedKeys)
    {
        if (actions is null)
        {
            return null;
        }
        var isKey = column.Type is KeyDataViewType or VectorDataViewType { ItemType: KeyDataViewType };
        return isKey ? OfKeys(column, option, actions, unnamedKeys) : OfSlots(column, option, actions);
    }

    private static int[]? OfKeys(DataViewSchema.Column column, string option, IReadOnlyList<string> actions, bool unnamedKeys)
    {
        if (KeyNames.Read(column) is { } names)
        {
            return Find(names, column, option, actions);
        }
        var count = ((KeyDataViewType)((column.Type as VectorDataViewType)?.ItemType ?? column.Type)).Count;
        var list = string.Join(", ", actions);
        return !unnamedKeys
            ? throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}', which {option} names, is a key without names, so that its order is unknown; the agent's actions are {list}. " +
                "Map the names with MapValueToKey, or set UnnamedKeys if the keys are the actions in this order.")
            : count != (ulong)actions.Count
            ? throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}', which {option} names, is a key of {count} values; the agent has {actions.Count} actions: {list}.")
            : null;
    }

    // Slot names need not be actions' names; if some are, all must be.
    private static int[]? OfSlots(DataViewSchema.Column column, string option, IReadOnlyList<string> actions) =>
        column.Type is VectorDataViewType && KeyNames.ReadSlots(column) is { } names && names.Intersect(actions, StringComparer.Ordinal).Any()
            ? Find(names, column, option, actions) : null;

    private static int[]? Find(string[] names, DataViewSchema.Column column, string option, IReadOnlyList<string> actions)
    {
        var order = actions.Index().ToDictionary(action => action.Item, action => action.Index, StringComparer.Ordinal);
        if (names.Where(name => !order.ContainsKey(name)).ToList() is { Count: > 0 } unknown)
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}', which {option} names, has {string.Join(", ", unknown.Take(5).Select(name => $"'{name}'"))}, " +
                $"which the agent does not know; its actions are {string.Join(", ", actions)}.");
        }
        return names.SequenceEqual(actions, StringComparer.Ordinal) ? null : [.. names.Select(name => order[name])];
    }
}
