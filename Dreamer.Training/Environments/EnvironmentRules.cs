namespace Dreamer.Training.Environments;

/// <summary>What a row of an environment must be like, for the check beforehand and for the one in a run.</summary>
internal static class EnvironmentRules
{
    /// <summary>What is wrong with the row of a reset.</summary>
    public static IEnumerable<string> ProblemsOfFirst(ObservationSpace space, EnvironmentStep step) =>
    [
        .. ProblemsOfObservation(space, step),
        .. If(!step.IsFirst, "Reset returned a row without IsFirst."),
        .. If(step.IsLast || step.IsTerminal, "Reset returned a row with IsLast or IsTerminal."),
        .. If(step.Reward != 0, "Reset returned a reward; that of a first row is 0."),
    ];

    /// <summary>What is wrong with a row that an action led to.</summary>
    public static IEnumerable<string> ProblemsOfStep(ObservationSpace space, EnvironmentStep step) =>
    [
        .. ProblemsOfObservation(space, step),
        .. If(step.IsFirst, "Step returned a row with IsFirst; only Reset starts an episode."),
        .. If(step.IsTerminal && !step.IsLast, "A row has IsTerminal without IsLast."),
        .. If(!float.IsFinite(step.Reward), "A reward is not finite."),
    ];

    /// <summary>Refuses a row that breaks the contract.</summary>
    /// <param name="environment">Where the row is from.</param>
    /// <param name="step">The row.</param>
    /// <param name="row">Its number in the episode; row 0 is that of the reset.</param>
    /// <param name="episode">What the episode is called.</param>
    /// <returns>The row.</returns>
    /// <exception cref="InvalidEnvironmentException">It does; the message lists everything that is wrong.</exception>
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
        .. If(expected == 0 && found is not null, $"A row has a {key}, which the observation space has not."),
        .. If(expected > 0 && found is null, $"A row has no {key}, which the observation space has."),
        .. If(
            expected > 0 && found is not null && found != expected,
            $"The {key} has {found} values where the observation space says {expected}."),
    ];

    private static IEnumerable<string> If(bool wrong, string problem) => wrong ? [problem] : [];
}
