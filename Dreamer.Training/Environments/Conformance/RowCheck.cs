using Dreamer.Training.Randomness;

namespace Dreamer.Training.Environments.Conformance;

/// <summary>Checks the rows of an environment and their order.</summary>
internal static class RowCheck
{
    // In the first half, one step in this many is followed by a reset; the second half is for episodes that end by themselves, perhaps late.
    private const int ResetEvery = 50;

    /// <returns>What the check covered.</returns>
    public static string Run(IEnvironment environment, int steps, ulong seed, ProblemList problems)
    {
        var random = new SeededRandom(seed);
        var space = environment.ObservationSpace;
        var actions = new RandomActions(environment.ActionSpace, random);
        var (terminal, cut) = (0, 0);
        problems.AddRange(EnvironmentRules.ProblemsOfFirst(space, environment.Reset()));
        for (var i = 0; i < steps; i++)
        {
            var step = environment.Step(actions.Next());
            problems.AddRange(EnvironmentRules.ProblemsOfStep(space, step));
            if (step.IsLast)
            {
                (terminal, cut) = step.IsTerminal ? (terminal + 1, cut) : (terminal, cut + 1);
                problems.AddUnlessThrows<InvalidOperationException>(() => environment.Step(actions.Next()), "Step after a last row");
            }
            if (step.IsLast || (i < steps / 2 && random.Next(ResetEvery) == 0))
            {
                problems.AddRange(EnvironmentRules.ProblemsOfFirst(space, environment.Reset()));
            }
        }
        if (environment.ObservationSpace != space)
        {
            problems.Add("The observation space changed while it was played.");
        }
        return terminal + cut == 0 ? $"{steps} steps; no episode ended; more steps may end one"
            : $"{steps} steps; {terminal} episodes ended terminal, {cut} by a limit";
    }

    /// <returns>What the check covered.</returns>
    public static string RunBeforeReset(IEnvironment environment, ulong seed, ProblemList problems)
    {
        var actions = new RandomActions(environment.ActionSpace, new SeededRandom(seed));
        problems.AddUnlessThrows<InvalidOperationException>(() => environment.Step(actions.Next()), "Step before the first Reset");
        problems.AddIfThrows(() => environment.Reset(), "Reset after a rejected step");
        problems.AddIfThrows(() => environment.Reset(), "Reset in the first row");
        return "a step before a reset, consecutive resets";
    }
}
