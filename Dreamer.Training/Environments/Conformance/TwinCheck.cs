using Dreamer.Training.Randomness;

namespace Dreamer.Training.Environments.Conformance;

/// <summary>Checks that two environments behave alike.</summary>
internal static class TwinCheck
{
    // States are saved after this many steps of the first episode, or at its end if that is earlier; -1 is before any reset.
    private static readonly int[] SavedAfter = [-1, 0, 3, int.MaxValue];

    /// <returns>What the check covered.</returns>
    public static string RunSeed(Func<ulong, IEnvironment> factory, int steps, ulong seed, ProblemList problems)
    {
        if (FirstDifference(factory(seed), factory(seed), steps, seed, reset: true) is { } difference)
        {
            problems.Add($"Two environments with the same seed differ: {difference}.");
        }
        return $"{steps} rows of two with the same seed";
    }

    /// <returns>What the check covered.</returns>
    public static string RunSavedState(Func<ulong, IEnvironment> factory, int steps, ulong seed, ProblemList problems)
    {
        if (factory(seed) is not IResumableEnvironment)
        {
            return "it saves no state: a resumed run starts a new episode";
        }
        foreach (var count in SavedAfter)
        {
            var original = (IResumableEnvironment)factory(seed);
            var isOver = Play(original, count, steps, seed);
            var state = original.SaveState();
            var copy = (IResumableEnvironment)factory(seed + 1);
            copy.LoadState(state);
            if (FirstDifference(original, copy, steps, seed, reset: isOver) is { } difference)
            {
                problems.Add($"An environment continues differently after loading a saved state: {difference}.");
            }
            problems.AddUnlessThrows<ArgumentException>(() => copy.LoadState([]), "LoadState with no bytes");
            problems.AddUnlessThrows<ArgumentException>(() => copy.LoadState([1, 2, 3]), "LoadState with bytes that are not a state");
            problems.AddUnlessThrows<ArgumentException>(() => copy.LoadState([.. state, 0]), "LoadState with a byte too many");
        }
        return $"{steps} rows from {SavedAfter.Length} places of an episode";
    }

    /// <summary>The first difference between two environments with the same actions, or null.</summary>
    public static string? FirstDifference(IEnvironment one, IEnvironment other, int steps, ulong seed, bool reset)
    {
        var actions = new RandomActions(one.ActionSpace, new SeededRandom(seed));
        for (var i = 0; i < steps; i++)
        {
            var action = actions.Next();
            var (a, b) = reset ? (one.Reset(), other.Reset()) : (one.Step(action), other.Step(action));
            if (a.Reward != b.Reward || a.IsFirst != b.IsFirst || a.IsLast != b.IsLast || a.IsTerminal != b.IsTerminal)
            {
                return $"reward or flags, after {i + 1} rows";
            }
            if (!a.Image.AsSpan().SequenceEqual(b.Image) || !a.Vector.AsSpan().SequenceEqual(b.Vector))
            {
                return $"the observation, after {i + 1} rows";
            }
            reset = a.IsLast;
        }
        return null;
    }

    /// <returns>Whether the next call must be Reset.</returns>
    private static bool Play(IResumableEnvironment environment, int count, int most, ulong seed)
    {
        if (count < 0)
        {
            return true;
        }
        var actions = new RandomActions(environment.ActionSpace, new SeededRandom(seed));
        var step = environment.Reset();
        for (var i = 0; i < Math.Min(count, most) && !step.IsLast; i++)
        {
            step = environment.Step(actions.Next());
        }
        return step.IsLast;
    }
}
