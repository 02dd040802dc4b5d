namespace Dreamer.Training.Environments;

/// <summary>What an agent can do at every step: pick one of several named actions, or set several bounded numbers.</summary>
/// <remarks>
/// An action is always a vector of <see cref="Size"/> numbers: one-hot where the space is discrete. Immutable and thread-safe.
/// </remarks>
public sealed class ActionSpace
{
    private ActionSpace(bool isDiscrete, string[] names, float[] low, float[] high)
    {
        IsDiscrete = isDiscrete;
        Names = names;
        Low = low;
        High = high;
    }

    /// <summary>Whether one of <see cref="Size"/> actions is picked; otherwise all of <see cref="Size"/> numbers are set.</summary>
    public bool IsDiscrete { get; }

    /// <summary>How many actions there are to pick from, or numbers to set.</summary>
    public int Size => IsDiscrete ? Names.Count : Low.Count;

    /// <summary>What each discrete action is called, in order; empty where the space is continuous.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The least value of each number; empty where the space is discrete.</summary>
    public IReadOnlyList<float> Low { get; }

    /// <summary>The greatest value of each number; empty where the space is discrete.</summary>
    public IReadOnlyList<float> High { get; }

    /// <summary>One of several actions, named.</summary>
    /// <param name="names">The actions' names, at least two and all different.</param>
    /// <exception cref="ArgumentException">There are fewer than two names, an empty one, or the same one twice.</exception>
    public static ActionSpace Discrete(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count < 2)
        {
            throw new ArgumentException($"A discrete space needs at least 2 actions; {names.Count} given.", nameof(names));
        }
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException($"An action's name is empty: [{string.Join(", ", names)}].", nameof(names));
        }
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException($"Two actions have the same name: [{string.Join(", ", names)}].", nameof(names));
        }
        return new ActionSpace(isDiscrete: true, [.. names], [], []);
    }

    /// <summary>One of several actions, called <c>action0</c>, <c>action1</c> and so on.</summary>
    /// <param name="count">How many, at least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static ActionSpace Discrete(int count) =>
        Discrete([.. Enumerable.Range(0, Math.Max(count, 0)).Select(i => $"action{i}")]);

    /// <summary>Several numbers, each between its bounds.</summary>
    /// <param name="low">The least value of each.</param>
    /// <param name="high">The greatest value of each.</param>
    /// <exception cref="ArgumentException">The bounds are empty, of different lengths, not finite, or the wrong way round.</exception>
    public static ActionSpace Continuous(IReadOnlyList<float> low, IReadOnlyList<float> high)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (low.Count == 0 || low.Count != high.Count)
        {
            throw new ArgumentException($"A continuous space needs as many lower as upper bounds, at least one; {low.Count} and {high.Count} given.", nameof(low));
        }
        for (var i = 0; i < low.Count; i++)
        {
            if (!float.IsFinite(low[i]) || !float.IsFinite(high[i]) || low[i] >= high[i])
            {
                throw new ArgumentException($"Bounds must be finite and the lower below the upper; number {i} has [{low[i]}, {high[i]}].", nameof(low));
            }
        }
        return new ActionSpace(isDiscrete: false, [], [.. low], [.. high]);
    }

    /// <summary>Refuses what is no action of this space: what an environment does first in its <c>Step</c>.</summary>
    /// <param name="action">The action.</param>
    /// <exception cref="ArgumentException">It has another length, is not one-hot, or has a number out of its bounds; the message says which.</exception>
    public void Require(ReadOnlySpan<float> action)
    {
        if (IsDiscrete)
        {
            OneHot.IndexOf(action, Size);
            return;
        }
        if (action.Length != Size)
        {
            throw new ArgumentException($"An action has {Size} numbers; got {action.Length}.", nameof(action));
        }
        for (var i = 0; i < action.Length; i++)
        {
            if (!(action[i] >= Low[i] && action[i] <= High[i]))
            {
                throw new ArgumentException($"Number {i} of the action is {action[i]}; it must be in [{Low[i]}, {High[i]}].", nameof(action));
            }
        }
    }
}
