using Dreamer.Inference;

namespace Dreamer.Training.Environments;

/// <summary>The actions of an environment: one of several named actions, or several bounded numbers.</summary>
/// <remarks>
/// An action is always a vector of <see cref="Size"/> numbers, one-hot in a discrete space. Immutable and thread-safe.
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

    /// <summary>Whether an action is one of <see cref="Size"/> choices; otherwise it is <see cref="Size"/> numbers.</summary>
    public bool IsDiscrete { get; }

    /// <summary>The number of discrete actions, or of numbers.</summary>
    public int Size => IsDiscrete ? Names.Count : Low.Count;

    /// <summary>The names of discrete actions, in order; empty in a continuous space.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The lower bound of each number; empty in a discrete space.</summary>
    public IReadOnlyList<float> Low { get; }

    /// <summary>The upper bound of each number; empty in a discrete space.</summary>
    public IReadOnlyList<float> High { get; }

    /// <summary>One of several actions, named.</summary>
    /// <param name="names">The names, at least two and all different.</param>
    /// <exception cref="ArgumentException">There are fewer than two names, an empty one, or the same one twice.</exception>
    public static ActionSpace Discrete(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count < 2)
        {
            throw new ArgumentException($"A discrete space needs at least 2 actions; got {names.Count}.", nameof(names));
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
    /// <param name="low">The lower bound of each number.</param>
    /// <param name="high">The upper bound of each number.</param>
    /// <exception cref="ArgumentException">The bounds are empty, of different lengths, not finite, or not in order.</exception>
    public static ActionSpace Continuous(IReadOnlyList<float> low, IReadOnlyList<float> high)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (low.Count == 0 || low.Count != high.Count)
        {
            throw new ArgumentException($"A continuous space needs as many lower as upper bounds, at least one; got {low.Count} and {high.Count}.", nameof(low));
        }
        for (var i = 0; i < low.Count; i++)
        {
            if (!float.IsFinite(low[i]) || !float.IsFinite(high[i]) || low[i] >= high[i])
            {
                throw new ArgumentException($"Bounds must be finite and the lower below the upper; number {i} has [{low[i]}, {high[i]}].", nameof(low));
            }
            if (!float.IsFinite(high[i] - low[i]))
            {
                throw new ArgumentException($"The range from the lower to the upper bound must be at most {float.MaxValue}; number {i} has [{low[i]}, {high[i]}].", nameof(low));
            }
        }
        return new ActionSpace(isDiscrete: false, [], [.. low], [.. high]);
    }

    /// <summary>The space as an agent's manifest describes it, without a distribution.</summary>
    internal ActionManifest ToManifest() => new()
    {
        Kind = IsDiscrete ? ActionManifest.Discrete : ActionManifest.Continuous,
        Size = Size,
        Names = IsDiscrete ? Names : null,
        Low = IsDiscrete ? null : Low,
        High = IsDiscrete ? null : High,
    };

    /// <summary>Throws for an invalid action; an environment calls it first in its <c>Step</c>.</summary>
    /// <param name="action">The action.</param>
    /// <exception cref="ArgumentException">The length is wrong, the vector is not one-hot, or a number is out of bounds.</exception>
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
