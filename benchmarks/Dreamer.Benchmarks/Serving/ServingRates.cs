using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dreamer.Benchmarks.Pipelines;
using Dreamer.Inference;
using Dreamer.Serving;

namespace Dreamer.Benchmarks.Serving;

/// <summary>What it brings to run the steps of live sessions as batches, and how long one of them waits.</summary>
internal static class ServingRates
{
    private const int Sessions = 64;
    private const double RoundMilliseconds = 400;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(1);

    internal static void Print(string folder, int rounds)
    {
        using var agent = DreamerAgent.Load(folder);
        Equality.Check(agent, folder, Sessions);
        foreach (var workers in (int[])[1, 2])
        {
            Print(agent, folder, rounds, workers);
        }
    }

    private static void Print(DreamerAgent agent, string folder, int rounds, int workers)
    {
        using var alone = new ServedSessions(folder, Sessions, o => (o.Enabled, o.Workers) = (false, workers));
        using var batched = new ServedSessions(folder, Sessions, o => (o.Window, o.Workers) = (Window, workers));
        using var byHand = new SessionsByHand(agent, Sessions, workers);
        using var lockstep = agent.CreateBatch(new() { Size = Sessions, Outputs = AgentOutputs.None });
        var (images, vectors) = Lockstep(agent.Manifest);
        var actions = new float[Sessions * agent.Manifest.Action.Size];

        alone.Run(2);
        var start = Stopwatch.GetTimestamp();
        alone.Run(4);
        var steps = Math.Max(4, (int)(4 * RoundMilliseconds / Stopwatch.GetElapsedTime(start).TotalMilliseconds));

        new Race(rounds)
            .Add("each step alone", Sessions * steps, () => alone.Run(steps))
            .Add($"batched, window {Window.TotalMilliseconds} ms", Sessions * steps, () => batched.Run(steps))
            .Add("by hand: AgentSession.Act in a loop, no service", Sessions * steps, () => byHand.Run(steps))
            .Add("by hand: AgentBatch in lockstep, one thread, no service", Sessions * steps, () =>
            {
                for (var i = 0; i < steps; i++)
                {
                    lockstep.Act(images, vectors, actions);
                }
            })
            .Print($"{Sessions} live sessions of '{agent.Manifest.Name}', {workers} worker(s)");
        PrintLatencies(batched, steps, rounds);
    }

    private static void PrintLatencies(ServedSessions batched, int steps, int rounds)
    {
        var (milliseconds, sizes) = (new List<double>(), new List<int>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name is ServingDiagnostics.BatchDuration or ServingDiagnostics.BatchSize)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => Add(milliseconds, seconds * 1e3));
        listener.SetMeasurementEventCallback<int>((_, size, _, _) => Add(sizes, size));
        listener.Start();

        Console.WriteLine("| latency, round | p50, ms | p99, ms | batch time p50, ms | batch size p50 | window + 3x batch time, ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var round = 0; round < Math.Min(rounds, 5); round++)
        {
            milliseconds.Clear();
            sizes.Clear();
            batched.Run(steps);
            var batch = At(milliseconds, 0.5);
            Console.WriteLine(
                $"| {round + 1} | {At(batched.Latencies, 0.5):F2} | {At(batched.Latencies, 0.99):F2} | {batch:F2} | {At([.. sizes.Select(size => (double)size)], 0.5):F0} | {Window.TotalMilliseconds + (3 * batch):F2} |");
        }
        Console.WriteLine();
    }

    private static (byte[] Images, float[] Vectors) Lockstep(AgentManifest agent)
    {
        var inputs = Enumerable.Range(0, Sessions).Select(i => Observation.Of(agent, i)).ToArray();
        return ([.. inputs.SelectMany(input => input.Image.ToArray())], [.. inputs.SelectMany(input => input.Vector.ToArray())]);
    }

    private static double At(IReadOnlyCollection<double> values, double quantile) => values.Order().ElementAt((int)(quantile * (values.Count - 1)));

    private static void Add<T>(List<T> values, T value)
    {
        lock (values)
        {
            values.Add(value);
        }
    }
}
