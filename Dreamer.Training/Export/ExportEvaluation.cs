using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;
using Dreamer.Training.Randomness;

namespace Dreamer.Training.Export;

/// <summary>Evaluates an exported agent by its graphs, as its users run it.</summary>
internal static class ExportEvaluation
{
    private static readonly (ActionSelection Selection, string Name)[] Kinds =
        [(ActionSelection.Greedy, EvaluationManifest.Greedy), (ActionSelection.Sampled, EvaluationManifest.Sampled)];

    /// <summary>Plays greedily and with sampled actions, both in the same environments.</summary>
    public static IReadOnlyList<EvaluationManifest> Play(
        DreamerAgent agent, Func<ulong, IEnvironment> factory, int episodes, ulong seed, CancellationToken cancellationToken) =>
    [
        .. Kinds.Select(kind =>
        {
            var options = new AgentPlayerOptions { Seed = Seeds.Derive(seed, "export"), ActionSelection = kind.Selection };
            using var player = new AgentPlayer(agent, factory(options.Seed), options);
            var score = player.Evaluate(episodes, cancellationToken: cancellationToken);
            return new EvaluationManifest(score.Mean, score.StandardDeviation, episodes, kind.Name);
        }),
    ];
}
