using Dreamer.Training.Randomness;

namespace Dreamer.Training.Environments;

/// <summary>Plays an environment with random actions and lists where it breaks the contract of <see cref="IEnvironment"/>.</summary>
public static class EnvironmentConformance
{
    /// <summary>Checks one environment.</summary>
    /// <param name="environment">The environment; it is reset and played.</param>
    /// <param name="steps">How many actions are done, over as many episodes as they make.</param>
    /// <param name="seed">Determines the actions.</param>
    /// <returns>What is wrong, each thing once; empty where nothing is.</returns>
    public static IReadOnlyList<string> Check(IEnvironment environment, int steps = 1000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var problems = new ProblemList();
        var random = new SeededRandom(seed);
        var space = environment.ActionSpace;
        CheckFirst(environment, environment.Reset(), problems);
        for (var i = 0; i < steps; i++)
        {
            var step = environment.Step(RandomAction(space, random));
            CheckStep(environment, step, problems);
            if (step.IsLast)
            {
                problems.AddUnlessThrows<InvalidOperationException>(
                    () => environment.Step(RandomAction(space, random)), "Step after a last row");
                CheckFirst(environment, environment.Reset(), problems);
            }
            else if (random.Next(50) == 0)
            {
                CheckFirst(environment, environment.Reset(), problems);
            }
        }
        problems.AddUnlessThrows<ArgumentException>(
            () => environment.Step(new float[space.Size + 1]), "Step with an action of the wrong length");
        if (space.IsDiscrete)
        {
            problems.AddUnlessThrows<ArgumentException>(
                () => environment.Step(new float[space.Size]), "Step with an action that is not one-hot");
        }
        else
        {
            problems.AddUnlessThrows<ArgumentException>(
                () => environment.Step([.. space.High.Select(high => high + 1)]), "Step with an action above its bounds");
            problems.AddUnlessThrows<ArgumentException>(
                () => environment.Step([.. space.High.Select(_ => float.NaN)]), "Step with an action that is no number");
        }
        return problems.Items;
    }

    /// <summary>Checks one environment as above, that two of one seed behave alike, and that a saved state goes on alike.</summary>
    /// <param name="factory">Creates an environment from a seed.</param>
    /// <param name="steps">How many actions are done in each comparison.</param>
    /// <param name="seed">Determines the actions, and is the environments' seed.</param>
    /// <returns>What is wrong, each thing once; empty where nothing is.</returns>
    public static IReadOnlyList<string> Check(Func<ulong, IEnvironment> factory, int steps = 1000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var problems = new ProblemList();
        problems.AddRange(Check(factory(seed), steps, seed));
        problems.AddUnlessThrows<InvalidOperationException>(
            () => factory(seed).Step(RandomAction(factory(seed).ActionSpace, new SeededRandom(seed))), "Step before the first Reset");
        if (FirstDifference(factory(seed), factory(seed), steps, seed, reset: true) is { } difference)
        {
            problems.Add($"Two environments of one seed differ: {difference}.");
        }
        if (factory(seed) is IResumableEnvironment original)
        {
            var random = new SeededRandom(seed);
            var step = original.Reset();
            for (var i = 0; i < 3 && !step.IsLast; i++)
            {
                step = original.Step(RandomAction(original.ActionSpace, random));
            }
            var copy = (IResumableEnvironment)factory(seed + 1);
            copy.LoadState(original.SaveState());
            if (FirstDifference(original, copy, steps, seed, reset: step.IsLast) is { } drift)
            {
                problems.Add($"An environment that loads a saved state goes on differently: {drift}.");
            }
            problems.AddUnlessThrows<ArgumentException>(() => copy.LoadState([1, 2, 3]), "LoadState with bytes that are no state");
        }
        return problems.Items;
    }

    private static void CheckFirst(IEnvironment environment, EnvironmentStep step, ProblemList problems) =>
        problems.AddRange(EnvironmentRules.ProblemsOfFirst(environment.ObservationSpace, step));

    private static void CheckStep(IEnvironment environment, EnvironmentStep step, ProblemList problems) =>
        problems.AddRange(EnvironmentRules.ProblemsOfStep(environment.ObservationSpace, step));

    private static string? FirstDifference(IEnvironment one, IEnvironment other, int steps, ulong seed, bool reset)
    {
        var random = new SeededRandom(seed);
        for (var i = 0; i < steps; i++)
        {
            var action = RandomAction(one.ActionSpace, random);
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

    private static float[] RandomAction(ActionSpace space, SeededRandom random) => space.IsDiscrete
        ? OneHot.Create(random.Next(space.Size), space.Size)
        : [.. space.Low.Zip(space.High, (low, high) => low + (high - low) * (float)random.NextDouble())];

    /// <summary>Problems in the order they were met, each once.</summary>
    private sealed class ProblemList
    {
        private readonly List<string> _items = [];

        public IReadOnlyList<string> Items => _items;

        public void Add(string problem)
        {
            if (!_items.Contains(problem))
            {
                _items.Add(problem);
            }
        }

        public void AddRange(IEnumerable<string> problems)
        {
            foreach (var problem in problems)
            {
                Add(problem);
            }
        }

        public void AddUnlessThrows<TException>(Action call, string what)
            where TException : Exception
        {
            try
            {
                call();
                Add($"{what} was accepted; it must throw {typeof(TException).Name}.");
            }
            catch (TException)
            {
                // As the contract asks.
            }
            catch (Exception e)
            {
                Add($"{what} threw {e.GetType().Name}; it must throw {typeof(TException).Name}.");
            }
        }
    }
}
