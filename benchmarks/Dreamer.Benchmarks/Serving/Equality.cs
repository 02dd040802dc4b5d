using Dreamer.Inference;
using Dreamer.Serving;

namespace Dreamer.Benchmarks.Serving;

/// <summary>Whether what is raced computes the same: served sessions in batches against sessions alone, to the last bit.</summary>
internal static class Equality
{
    private const int Steps = 5;

    /// <exception cref="InvalidOperationException">It does not.</exception>
    internal static void Check(DreamerAgent agent, string folder, int sessions)
    {
        var options = new DreamerAgentOptions { Path = folder, Verify = false };
        options.Sessions.MaxSessions = sessions;
        options.Batching.StepTimeout = TimeSpan.FromMinutes(1);
        using var pool = AgentPool.Load(options);
        var served = Enumerable.Range(0, sessions).Select(i => pool.RentAsync(Episode(i)).GetAwaiter().GetResult()).ToArray();
        var alone = served.Select((_, i) => agent.CreateSession(new() { EpisodeId = Episode(i).EpisodeId, ActionSelection = Episode(i).ActionSelection })).ToArray();
        var action = new float[agent.Manifest.Action.Size];
        for (var step = 0; step < Steps; step++)
        {
            var inputs = served.Select((_, i) => Observation.Of(agent.Manifest, seed: (step * sessions) + i)).ToArray();
            Task.WhenAll(served.Select((session, i) => session.StepAsync(inputs[i]))).GetAwaiter().GetResult();
            for (var i = 0; i < sessions; i++)
            {
                alone[i].Act(new AgentObservation(inputs[i].Image.Span, inputs[i].Vector.Span), action);
                if (!alone[i].SaveState().AsSpan().SequenceEqual(served[i].SaveState()))
                {
                    throw new InvalidOperationException($"Session {i} of '{agent.Manifest.Name}' is not what it is alone after {step + 1} steps.");
                }
            }
        }
        Array.ForEach(alone, session => session.Dispose());
        Console.WriteLine($"{sessions} sessions of '{agent.Manifest.Name}', {Steps} steps each: batched and alone are equal to the last bit.");
        Console.WriteLine();
    }

    private static EpisodeOptions Episode(int number) => new()
    {
        EpisodeId = $"episode {number}",
        ActionSelection = number % 2 == 0 ? ActionSelection.Greedy : ActionSelection.Sampled,
    };
}
