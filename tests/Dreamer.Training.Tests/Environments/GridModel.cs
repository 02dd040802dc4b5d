namespace Dreamer.Training.Tests.Environments;

/// <summary>The probabilities of the classic grid, written down apart from the product's code, and value iteration over them.</summary>
internal static class GridModel
{
    private const double StepReward = -0.04;

    private static readonly (int X, int Y)[] Cells =
        [.. from x in Enumerable.Range(1, 4) from y in Enumerable.Range(1, 3) where (x, y) != (2, 2) select (x, y)];

    private static readonly (int X, int Y)[] Directions = [(-1, 0), (0, 1), (1, 0), (0, -1)];

    /// <summary>The best expected return from the start with a number of steps, and the best action in each cell with all of them left.</summary>
    public static (double Value, IReadOnlyDictionary<(int X, int Y), int> Policy) Solve(int steps)
    {
        var (values, policy) = (Cells.ToDictionary(cell => cell, _ => 0.0), new Dictionary<(int X, int Y), int>());
        for (var step = 0; step < steps; step++)
        {
            var old = values;
            policy = Cells.ToDictionary(cell => cell, cell => Enumerable.Range(0, 4).MaxBy(action => Expected(old, cell, action)));
            values = Cells.ToDictionary(cell => cell, cell => Expected(old, cell, policy[cell]));
        }
        return (values[(1, 3)], policy);
    }

    /// <summary>The expected return from the start of a policy that takes each action with the same probability.</summary>
    public static double RandomValue(int steps)
    {
        var values = Cells.ToDictionary(cell => cell, _ => 0.0);
        for (var step = 0; step < steps; step++)
        {
            var old = values;
            values = Cells.ToDictionary(cell => cell, cell => Enumerable.Range(0, 4).Average(action => Expected(old, cell, action)));
        }
        return values[(1, 3)];
    }

    private static double Expected(Dictionary<(int X, int Y), double> values, (int X, int Y) cell, int action)
    {
        var (x, y) = Directions[action];
        // A move's sides are those at a right angle to it.
        return (0.8 * Outcome(x, y)) + (0.1 * Outcome(y, x)) + (0.1 * Outcome(-y, -x));

        double Outcome(int dx, int dy)
        {
            var next = (cell.X + dx, cell.Y + dy);
            next = values.ContainsKey(next) ? next : cell;
            return next switch
            {
                (4, 1) => 1,
                (4, 2) => -1,
                _ => StepReward + values[next],
            };
        }
    }
}
