using Dreamer.Training.Environments.Conformance;

namespace Dreamer.Training.Environments;

/// <summary>Plays an environment with random actions and lists where it breaks the contract of <see cref="IEnvironment"/>.</summary>
/// <remarks>What an environment throws where it must not is a problem as well, and not thrown on.</remarks>
public static class EnvironmentConformance
{
    /// <summary>Checks one environment: its rows, the order of calls, and which actions it takes.</summary>
    /// <param name="environment">The environment; it is reset and played.</param>
    /// <param name="steps">How many actions are done, over as many episodes as they make.</param>
    /// <param name="seed">Determines the actions.</param>
    /// <returns>What is wrong, each thing once; empty where nothing is.</returns>
    public static IReadOnlyList<string> Check(IEnvironment environment, int steps = 1000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return ProblemsOf(
        [
            Run("rows", problems => RowCheck.Run(environment, steps, seed, problems)),
            Run("actions", problems => ActionCheck.Run(environment, problems)),
        ]);
    }

    /// <summary>Checks environments as <see cref="Inspect"/> does.</summary>
    /// <param name="factory">Creates an environment from a seed.</param>
    /// <param name="steps">How many actions are done in each comparison.</param>
    /// <param name="seed">Determines the actions, and is the environments' seed.</param>
    /// <returns>What is wrong, each thing once; empty where nothing is.</returns>
    public static IReadOnlyList<string> Check(Func<ulong, IEnvironment> factory, int steps = 1000, ulong seed = 0) =>
        ProblemsOf(Inspect(factory, steps, seed));

    /// <summary>
    /// Checks the rows, the order of calls and the actions of one environment, that two of one seed behave alike, that a refused action
    /// changes nothing, and that a saved state goes on alike, before an episode, at its start, in its middle and at its end.
    /// </summary>
    /// <param name="factory">Creates an environment from a seed.</param>
    /// <param name="steps">How many actions are done in each comparison.</param>
    /// <param name="seed">Determines the actions, and is the environments' seed.</param>
    /// <returns>Everything that was checked.</returns>
    public static IReadOnlyList<ConformanceCheck> Inspect(Func<ulong, IEnvironment> factory, int steps = 1000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return
        [
            Run("rows", problems => RowCheck.Run(factory(seed), steps, seed, problems)),
            Run("order of calls", problems => RowCheck.RunBeforeReset(factory(seed), seed, problems)),
            Run("actions", problems => ActionCheck.Run(factory(seed), problems)),
            Run("refused actions", problems => ActionCheck.RunRefused(factory, steps, seed, problems)),
            Run("seed", problems => TwinCheck.RunSeed(factory, steps, seed, problems)),
            Run("saved state", problems => TwinCheck.RunSavedState(factory, steps, seed, problems)),
        ];
    }

    private static ConformanceCheck Run(string name, Func<ProblemList, string> check)
    {
        var problems = new ProblemList();
        try
        {
            return new ConformanceCheck(name, check(problems), problems.Items);
        }
        catch (Exception e)
        {
            problems.Add($"It threw {e.GetType().Name} where it must not: {e.Message}");
            return new ConformanceCheck(name, "stopped by an exception", problems.Items);
        }
    }

    private static string[] ProblemsOf(IEnumerable<ConformanceCheck> checks) =>
        [.. checks.SelectMany(check => check.Problems).Distinct(StringComparer.Ordinal)];
}
