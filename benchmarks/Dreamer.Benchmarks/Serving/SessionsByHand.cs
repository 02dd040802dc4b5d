using Dreamer.Inference;
using Dreamer.Serving;

namespace Dreamer.Benchmarks.Serving;

/// <summary>Sessions without a service, shared out between threads that step them one after the other: nothing is queued, nobody waits.</summary>
internal sealed class SessionsByHand : IDisposable
{
    private readonly AgentSession[] _sessions;
    private readonly StepInput[] _inputs;
    private readonly float[][] _actions;
    private readonly int _threads;

    internal SessionsByHand(DreamerAgent agent, int sessions, int threads)
    {
        _threads = threads;
        _sessions = [.. Enumerable.Range(0, sessions).Select(_ => agent.CreateSession(new() { Outputs = AgentOutputs.None }))];
        _inputs = [.. _sessions.Select((_, i) => Observation.Of(agent.Manifest, seed: i))];
        _actions = [.. _sessions.Select(_ => new float[agent.Manifest.Action.Size])];
    }

    internal void Run(int steps)
    {
        var threads = Enumerable.Range(0, _threads).Select(thread => new Thread(() =>
        {
            for (var step = 0; step < steps; step++)
            {
                for (var i = thread; i < _sessions.Length; i += _threads)
                {
                    _sessions[i].Act(new AgentObservation(_inputs[i].Image.Span, _inputs[i].Vector.Span), _actions[i]);
                }
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    public void Dispose() => Array.ForEach(_sessions, session => session.Dispose());
}
