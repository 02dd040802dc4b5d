using Dreamer.Training.Randomness;

namespace Dreamer.Training.Environments.Conformance;

/// <summary>What rows must be like, and in which order they come.</summary>
internal static class RowCheck
{
    // One step in so many is followed by a reset, in the first half: the second is for episodes that end by themselves, after hundreds of steps say.
    private const int ResetEvery = 50;

    /// <returns>What rows there were.</returns>
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
        return terminal + cut == 0 ? $"{steps} steps; no episode ended, with more steps one may"
            : $"{steps} steps; {terminal} episodes ended terminal, {cut} by a limit";
    }

    /// <returns>What was tried.</returns>
    public static string RunBeforeReset(IEnvironment environment, ulong seed, ProblemList problems)
    {
        var actions = new RandomActions(environment.ActionSpace, new SeededRandom(seed));
        problems.AddUnlessThrows<InvalidOperationException>(() => environment.Step(actions.Next()), "Step before the first Reset");
        problems.AddIfThrows(() => environment.Reset(), "Reset after a refused step");
        problems.AddIfThrows(() => environment.Reset(), "Reset in the first row");
        return "a step before a reset, resets in a row";
    }
}
