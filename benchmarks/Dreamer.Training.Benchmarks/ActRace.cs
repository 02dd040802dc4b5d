using Dreamer.Benchmarks;
using System.Diagnostics;
using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Dreamer.Training.Runs;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training.Benchmarks;

/// <summary>One step of a live episode: the networks in TorchSharp against the session of what is exported of them, in turn.</summary>
internal static class ActRace
{
    private const int Steps = 200;
    private const int Rounds = 15;
    private const string Id = "race";

    public static void Print(BenchmarkConfiguration configuration)
    {
        torch.manual_seed(1);
        using var model = new WorldModelNetworks(configuration.Options.Networks, configuration.Observation, configuration.Actions);
        using var behavior = new ActorCriticNetworks(configuration.Options.Networks, configuration.Actions);
        var folder = Directory.CreateTempSubdirectory("dreamer-benchmark-").FullName;
        try
        {
            AgentExporter.Export(folder, model, behavior, AgentDescription.FromOptions(configuration.Options), options: null, environments: null, CancellationToken.None);
            using var agent = DreamerAgent.Load(folder);
            using var session = agent.CreateSession(new AgentSessionOptions { Seed = 1, EpisodeId = Id, Outputs = AgentOutputs.None });
            using var policy = new LivePolicy(model, behavior.Actor, count: 1);
            Print(configuration, policy, session);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(BenchmarkConfiguration configuration, LivePolicy policy, AgentSession session)
    {
        var image = new byte[configuration.Observation.Image!.Size];
        new Random(1).NextBytes(image);
        var step = new EnvironmentStep { Image = image };
        var (torchTimes, sessionTimes, same) = (new List<double>(), new List<double>(), 0);
        for (var round = -1; round < Rounds; round++)
        {
            policy.Start(0, new EpisodeNoise(1, Id));
            session.Reset(Id);
            var (expected, found) = (new int[Steps], new int[Steps]);
            var torch = Milliseconds(i => expected[i] = Array.IndexOf(policy.Act([step], greedy: true)[0], 1f));
            var onnx = Milliseconds(i => found[i] = session.Act(image));
            if (round >= 0)
            {
                torchTimes.Add(torch);
                sessionTimes.Add(onnx);
                same += expected.Zip(found).Count(pair => pair.First == pair.Second);
            }
        }
        var (slow, fast) = (Medians.Of(torchTimes), Medians.Of(sessionTimes));
        Console.WriteLine($"{configuration.Name}: TorchSharp {slow * 1e3:F0} us a step, AgentSession.Act {fast * 1e3:F0} us, {Medians.Of(torchTimes.Zip(sessionTimes, (t, s) => t / s)):F2}x; " +
            $"{same} of {Rounds * Steps} actions the same");
    }

    private static double Milliseconds(Action<int> step)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Steps; i++)
        {
            step(i);
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Steps;
    }
}
