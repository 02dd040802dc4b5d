using System.Diagnostics;
using System.Globalization;
using Dreamer.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Benchmarks.Loading;

/// <summary>One way to bring the graphs of an agent folder into a fresh process, timed from within it.</summary>
internal static class LoadingWay
{
    /// <summary>Reads the files, and makes sessions of those that act.</summary>
    public const string Bare = "bare";

    /// <summary>Loads the agent and acts once.</summary>
    public const string Agent = "agent";

    /// <summary>Reads the files, and makes sessions of all.</summary>
    public const string BareAll = "bare-all";

    /// <summary>Loads the agent, opens all graphs and acts once.</summary>
    public const string AgentAll = "agent-all";

    // What a session of the default options opens.
    private static readonly string[] Acting =
        [GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Policy, GraphNames.Heads, GraphNames.Surprise];

    /// <summary>Goes the way, and prints milliseconds and the most bytes of memory that the process ever had.</summary>
    public static void Run(string way, string folder)
    {
        // The native library is loaded in either way; what is compared is what comes after.
        _ = OrtEnv.Instance();
        var clock = Stopwatch.StartNew();
        var loaded = way switch
        {
            Bare => OpenBare(folder, name => Acting.Contains(name, StringComparer.Ordinal)),
            BareAll => OpenBare(folder, _ => true),
            Agent => OpenAgent(folder, all: false),
            AgentAll => OpenAgent(folder, all: true),
            _ => throw new ArgumentException($"There is no way '{way}'.", nameof(way)),
        };
        var elapsed = clock.Elapsed.TotalMilliseconds;
        GC.KeepAlive(loaded);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed} {process.PeakWorkingSet64}"));
    }

    /// <summary>The files of the float32 graphs.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.onnx").Where(path => !path.EndsWith(".int8.onnx", StringComparison.Ordinal));

    private static object OpenBare(string folder, Predicate<string> isOpened)
    {
        var files = Files(folder).ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllBytes, StringComparer.Ordinal);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return (files, files.Where(file => isOpened(file.Key)).Select(file => new InferenceSession(file.Value, options)).ToList());
    }

    private static object OpenAgent(string folder, bool all)
    {
        var agent = DreamerAgent.Load(folder);
        List<AgentGraph> graphs = all ? [.. agent.Manifest.Graphs.Select(graph => agent.OpenGraph(graph.Name))] : [];
        var session = agent.CreateSession();
        var observation = new AgentObservation(new byte[agent.Manifest.Image?.Size ?? 0], new float[agent.Manifest.VectorSize]);
        if (agent.Manifest.Action.IsDiscrete)
        {
            session.Act(observation);
        }
        else
        {
            session.Act(observation, new float[agent.Manifest.Action.Size]);
        }
        return (agent, session, graphs);
    }
}
