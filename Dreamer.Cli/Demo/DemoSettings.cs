using Dreamer.Training;

namespace Dreamer.Cli.Demo;

/// <summary>The size of the demo.</summary>
/// <param name="Options">The training options.</param>
/// <param name="RecordedEpisodes">The number of episodes to record and score.</param>
/// <param name="PlayedEpisodes">The number of episodes to play from the agent folder.</param>
/// <param name="MustLearn">Whether missing the target return is a failure.</param>
internal sealed record DemoSettings(DreamerOptions Options, int RecordedEpisodes, int PlayedEpisodes, bool MustLearn)
{
    private const int QuickUpdates = 30;

    /// <summary>The full demo: trains until the preset's target return is reached.</summary>
    internal static DemoSettings Full(ulong seed) => new(DreamerPresets.Catch with { Seed = seed }, RecordedEpisodes: 200, PlayedEpisodes: 100, MustLearn: true);

    /// <summary>A quick run through every stage; the agent learns nothing.</summary>
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
