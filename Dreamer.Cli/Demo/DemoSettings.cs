using Dreamer.Training;

namespace Dreamer.Cli.Demo;

/// <summary>How much the demo does.</summary>
/// <param name="Options">What it trains.</param>
/// <param name="RecordedEpisodes">How many episodes are recorded and scored.</param>
/// <param name="PlayedEpisodes">How many episodes are played from the agent folder.</param>
/// <param name="MustLearn">Whether a run that does not reach its target is a failure.</param>
internal sealed record DemoSettings(DreamerOptions Options, int RecordedEpisodes, int PlayedEpisodes, bool MustLearn)
{
    private const int QuickUpdates = 30;

    /// <summary>The whole demo: trains until the preset's target is reached.</summary>
    internal static DemoSettings Full(ulong seed) => new(DreamerPresets.Catch with { Seed = seed }, RecordedEpisodes: 200, PlayedEpisodes: 100, MustLearn: true);

    /// <summary>Every step of the demo in a moment; the agent learns nothing.</summary>
    internal static DemoSettings Quick(ulong seed) => new(
        DreamerPresets.Catch with
        {
            Seed = seed,
            PretrainUpdates = 1,
            MaxUpdates = QuickUpdates,
            LogEveryUpdates = 10,
            Evaluation = DreamerPresets.Catch.Evaluation with { EveryUpdates = QuickUpdates, Episodes = 10, TargetReturn = null },
        },
        RecordedEpisodes: 20,
        PlayedEpisodes: 20,
        MustLearn: false);
}
