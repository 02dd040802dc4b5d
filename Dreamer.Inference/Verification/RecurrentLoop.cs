namespace Dreamer.Inference.Verification;

/// <summary>
/// Runs random episodes singly and in a batch, each from its own state. Finds agents whose answers depend on other rows, that
/// do not reset at the start of an episode, or that compute non-finite numbers.
/// </summary>
internal static class RecurrentLoop
{
    private const int Episodes = 3;

    /// <summary>Compares every output of every step.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="graphs">Which of its graphs, in the order in which a step runs them.</param>
    /// <param name="steps">The number of steps.</param>
    internal static IEnumerable<VerifiedOutput> Check(DreamerAgent agent, IReadOnlyList<string> graphs, int steps)
    {
        using var batch = new LoopEpisodes(agent, graphs, [.. Enumerable.Range(0, Episodes)]);
        var alone = Enumerable.Range(0, Episodes).Select(number => new LoopEpisodes(agent, graphs, number)).ToList();
        var outputs = batch.Graphs.SelectMany((graph, index) => graph.Manifest.Outputs.Select(output => (
            Graph: index,
            Output: output,
            Comparison: new Comparison(VerificationCheck.RecurrentLoop, AgentVerifier.NameOf(graph.Manifest), output.Name, output.Type == "uint8")))).ToList();
        try
        {
            for (var step = 0; step < steps; step++)
            {
                batch.Step(step);
                for (var episode = 0; episode < Episodes; episode++)
                {
                    alone[episode].Step(step);
                    foreach (var (graph, output, comparison) in outputs)
                    {
                        comparison.Add(alone[episode].Graphs[graph].Row(output, 0), batch.Graphs[graph].Row(output, episode));
                    }
                }
            }
        }
        finally
        {
            alone.ForEach(episode => episode.Dispose());
        }
        return outputs.Select(output => output.Comparison.Result);
    }
}
