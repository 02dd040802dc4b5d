using Dreamer.Training.Environments.Conformance;

namespace Dreamer.Training.Environments;

/// <summary>Plays an environment with random actions and lists violations of the contract of <see cref="IEnvironment"/>.</summary>
/// <remarks>Unexpected exceptions of the environment are reported as problems, not rethrown.</remarks>
public static class EnvironmentConformance
{
    /// <summary>Checks one environment: its rows, the order of calls, and which actions it accepts.</summary>
    /// <param name="environment">The environment; it is reset and played.</param>
    /// <param name="steps">The number of actions, over any number of episodes.</param>
    /// <param name="seed">The seed of the actions.</param>
    /// <returns>Each problem once; empty if there is none.</returns>
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
    /// <param name="steps">The number of actions in each comparison.</param>
    /// <param name="seed">The seed of the actions and of the environments.</param>
    /// <returns>Each problem once; empty if there is none.</returns>
    public static IReadOnlyList<string> Check(Func<ulong, IEnvironment> factory, int steps = 1000, ulong seed = 0) =>
        ProblemsOf(Inspect(factory, steps, seed));

    /// <summary>
    /// Checks the rows, the order of calls and the actions of one environment, that two with the same seed behave alike, that a rejected action
    /// changes nothing, and that a saved state continues alike, before an episode, at its start, in its middle and at its end.
    /// </summary>
    /// <param name="factory">Creates an environment from a seed.</param>
    /// <param name="steps">The number of actions in each comparison.</param>
    /// <param name="seed">The seed of the actions and of the environments.</param>
    /// <returns>The result of each check.</returns>
    public static IReadOnlyList<ConformanceCheck> Inspect(Func<ulong, IEnvironment> factory, int steps = 1000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        using var created = new CreatedEnvironments(factory);
        return
        [
            Run("rows", problems => RowCheck.Run(created.Create(seed), steps, seed, problems)),
            Run("order of calls", problems => RowCheck.RunBeforeReset(created.Create(seed), seed, problems)),
            Run("actions", problems => ActionCheck.Run(created.Create(seed), problems)),
            Run("refused actions", problems => ActionCheck.RunRefused(created.Create, steps, seed, problems)),
            Run("seed", problems => TwinCheck.RunSeed(created.Create, steps, seed, problems)),
            Run("saved state", problems => TwinCheck.RunSavedState(created.Create, steps, seed, problems)),
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
            problems.Add($"It threw an unexpected {e.GetType().Name}: {e.Message}");
            return new ConformanceCheck(name, "stopped by an exception", problems.Items);
        }
    }

    private static string[] ProblemsOf(IEnumerable<ConformanceCheck> checks) =>
        [.. checks.SelectMany(check => check.Problems).Distinct(StringComparer.Ordinal)];
}
