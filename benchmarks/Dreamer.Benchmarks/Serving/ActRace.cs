using Dreamer.Benchmarks.Pipelines;
using Dreamer.Inference;
using Dreamer.Serving;

namespace Dreamer.Benchmarks.Serving;

/// <summary>One session's step against the same graphs called by hand on preallocated values, and against the same step through a pool.</summary>
internal static class ActRace
{
    // Few, so that what else the machine does falls on all ways alike.
    private const int Steps = 50;

    internal static void Print(string folder, int rounds)
    {
        using var agent = DreamerAgent.Load(folder);
        using var session = agent.CreateSession(new() { Outputs = AgentOutputs.None });
        var calls = new[] { GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Policy }.Select(name => new RawGraph(agent.OpenGraph(name))).ToArray();
        using var served = new ServedSessions(folder, sessions: 1, options => options.Window = TimeSpan.Zero);
        var input = Observation.Of(agent.Manifest, seed: 0);
        var action = new float[agent.Manifest.Action.Size];
        new Race(rounds)
            .Add("ONNX Runtime by hand, preallocated OrtValues", Steps, () =>
            {
                for (var i = 0; i < Steps; i++)
                {
                    Array.ForEach(calls, call => call.Run());
                }
            })
            .Add("AgentSession.Act", Steps, () =>
            {
                for (var i = 0; i < Steps; i++)
                {
                    session.Act(new AgentObservation(input.Image.Span, input.Vector.Span), action);
                }
            })
            .Add("PooledSession.StepAsync, awaited", Steps, () => served.Run(Steps))
            .Print($"One session of '{agent.Manifest.Name}', encoder + rssm_observe + policy");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Steps; i++)
        {
            session.Act(new AgentObservation(input.Image.Span, input.Vector.Span), action);
        }
        Console.WriteLine($"AgentSession.Act allocates {(GC.GetAllocatedBytesForCurrentThread() - before) / Steps} bytes a call.");
        Console.WriteLine();
        Array.ForEach(calls, call => call.Dispose());
    }
}
