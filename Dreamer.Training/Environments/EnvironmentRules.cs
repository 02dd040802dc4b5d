namespace Dreamer.Training.Environments;

/// <summary>The rules for the rows of an environment, for the conformance check and for runs.</summary>
internal static class EnvironmentRules
{
    /// <summary>The problems of the row of a reset.</summary>
    public static IEnumerable<string> ProblemsOfFirst(ObservationSpace space, EnvironmentStep step) =>
    [
        .. ProblemsOfObservation(space, step),
        .. If(!step.IsFirst, "Reset returned a row without IsFirst."),
        .. If(step.IsLast || step.IsTerminal, "Reset returned a row with IsLast or IsTerminal."),
        .. If(step.Reward != 0, "Reset returned a reward; the reward of a first row must be 0."),
    ];

    /// <summary>The problems of the row of a step.</summary>
    public static IEnumerable<string> ProblemsOfStep(ObservationSpace space, EnvironmentStep step) =>
    [
        .. ProblemsOfObservation(space, step),
        .. If(step.IsFirst, "Step returned a row with IsFirst; only Reset starts an episode."),
        .. If(step.IsTerminal && !step.IsLast, "A row has IsTerminal without IsLast."),
        .. If(!float.IsFinite(step.Reward), "A reward is not finite."),
    ];

    /// <summary>Throws for a row that breaks the contract.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="step">The row.</param>
    /// <param name="row">The row's number in the episode; row 0 is the reset's.</param>
    /// <param name="episode">The episode's name.</param>
    /// <returns>The row.</returns>
    /// <exception cref="InvalidEnvironmentException">The row breaks the contract; the message lists every problem.</exception>
    public static EnvironmentStep Checked(IEnvironment environment, EnvironmentStep step, long row, string episode)
    {
        var space = environment.ObservationSpace;
        var text = string.Join(" ", row == 0 ? ProblemsOfFirst(space, step) : ProblemsOfStep(space, step));
        return text.Length == 0 ? step : throw new InvalidEnvironmentException(
            $"The environment breaks its contract at row {row} of episode '{episode}': {text}");
    }

    private static IEnumerable<string> ProblemsOfObservation(ObservationSpace space, EnvironmentStep step) =>
    [
        .. ProblemsOfLength("image", space.Image?.Size ?? 0, step.Image?.Length),
        .. ProblemsOfLength("vector", space.VectorSize, step.Vector?.Length),
        .. If(step.Vector is { } vector && vector.Any(x => !float.IsFinite(x)), "The vector holds a number that is not finite."),
    ];

    private static IEnumerable<string> ProblemsOfLength(string key, int expected, int? found) =>
    [
        .. If(expected == 0 && found is not null, $"A row has a {key}, but the observation space has none."),
        .. If(expected > 0 && found is null, $"A row has no {key}, but the observation space has one."),
        .. If(
            expected > 0 && found is not null && found != expected,
            $"The {key} has {found} values; the observation space has {expected}."),
    ];

    private static IEnumerable<string> If(bool wrong, string problem) => wrong ? [problem] : [];
}
