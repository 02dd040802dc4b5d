using System.Globalization;

namespace Dreamer.Training.Environments.Conformance;

/// <summary>Checks which actions an environment accepts and rejects.</summary>
internal static class ActionCheck
{
    /// <returns>What the check covered.</returns>
    public static string Run(IEnvironment environment, ProblemList problems)
    {
        var space = environment.ActionSpace;
        var (right, wrong) = (Right(space), Wrong(space));
        foreach (var (what, action) in right)
        {
            environment.Reset();
            problems.AddIfThrows(() => environment.Step(action), $"Step with {what}");
        }
        foreach (var (what, action) in wrong)
        {
            environment.Reset();
            problems.AddUnlessThrows<ArgumentException>(() => environment.Step(action), $"Step with an action {what}");
        }
        return string.Create(CultureInfo.InvariantCulture, $"{right.Count} that must be accepted, {wrong.Count} that must be rejected");
    }

    /// <returns>What the check covered.</returns>
    public static string RunRefused(Func<ulong, IEnvironment> factory, int steps, ulong seed, ProblemList problems)
    {
        var (one, other) = (factory(seed), factory(seed));
        one.Reset();
        other.Reset();
        foreach (var (_, action) in Wrong(one.ActionSpace))
        {
            try
            {
                one.Step(action);
                return "not compared: an invalid action is accepted";
            }
            catch (Exception)
            {
                // Run checks the type of the exception.
            }
        }
        if (TwinCheck.FirstDifference(one, other, steps, seed, reset: false) is { } difference)
        {
            problems.Add($"A rejected action changes the following rows: {difference}.");
        }
        return $"{steps} steps after them, compared with an environment that saw none";
    }

    private static List<(string What, float[] Action)> Right(ActionSpace space) => space.IsDiscrete
        ? [.. space.Names.Select((name, i) => ($"action '{name}'", OneHot.Create(i, space.Size)))]
        : [("all numbers at their lower bounds", [.. space.Low]), ("all numbers at their upper bounds", [.. space.High])];

    private static List<(string What, float[] Action)> Wrong(ActionSpace space) =>
    [
        ("of the wrong length", new float[space.Size + 1]),
        ("of no length", []),
        .. space.IsDiscrete
            ? (List<(string, float[])>)
            [
                ("that is not one-hot", new float[space.Size]),
                ("with two ones", [1, 1, .. new float[space.Size - 2]]),
                ("with 0.5 instead of 1", [0.5f, .. new float[space.Size - 1]]),
            ]
            :
            [
                ("above its bounds", [.. space.High.Select((high, i) => high + Beyond(space.Low[i], high))]),
                ("below its bounds", [.. space.Low.Select((low, i) => low - Beyond(low, space.High[i]))]),
                ("that is NaN", [.. space.High.Select(_ => float.NaN)]),
            ],
    ];

    // A fixed distance would be lost in the rounding of large bounds, and be far outside small ones.
    private static float Beyond(float low, float high) => MathF.Max((high - low) / 2, MathF.Max(MathF.Abs(low), MathF.Abs(high)) * 1e-3f);
}
