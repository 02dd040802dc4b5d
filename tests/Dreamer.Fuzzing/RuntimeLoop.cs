using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dreamer.Inference;
using Dreamer.Inference.Verification;

namespace Dreamer.Fuzzing;

/// <summary>The process that gives damaged files to ONNX Runtime: a line for each on standard input, a line of what came of it on standard output.</summary>
internal static partial class RuntimeLoop
{
    /// <summary>The first argument of a process that is to be this.</summary>
    internal const string Argument = "--runtime";

    private const int AddressSpace = 9;
    private const ulong LargestAddressSpace = 6UL << 30;

    internal static void Run(string folder, string work)
    {
        if (OperatingSystem.IsLinux())
        {
            // A graph may ask for any amount of memory in a run; it is not to have that of the machine.
            ulong[] limits = [LargestAddressSpace, LargestAddressSpace];
            _ = SetLimit(AddressSpace, limits);
        }
        var source = new AgentFiles(folder);
        // Equal graphs share their weights: while these are open, only damaged graphs are built anew.
        using var whole = DreamerAgent.FromParts(source.Manifest, source.Graphs);
        foreach (var graph in source.Graphs.Keys)
        {
            whole.OpenGraph(graph).Dispose();
        }
        while (Console.ReadLine()?.Split('\t') is [var kind, var graph, var file, var path])
        {
            var (outcome, text) = Try(source, Enum.Parse<FileKind>(kind), graph, file, path, work);
            Console.WriteLine($"{outcome}\t{text.ReplaceLineEndings(" ")}");
        }
    }

    private static (RuntimeOutcome Outcome, string Text) Try(AgentFiles source, FileKind kind, string graph, string file, string path, string work)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            switch (kind)
            {
                case FileKind.Manifest:
                    Live(source, bytes);
                    break;
                case FileKind.Graph:
                    Replay(source, graph, bytes, source.TestData(graph));
                    break;
                default:
                    var data = Directory.CreateDirectory(Path.Combine(work, "data")).FullName;
                    foreach (var one in Directory.EnumerateFiles(source.TestData(graph)))
                    {
                        File.Copy(one, Path.Combine(data, Path.GetFileName(one)), overwrite: true);
                    }
                    File.WriteAllBytes(Path.Combine(data, Path.GetFileName(file)), bytes);
                    Replay(source, graph, source.Graphs[graph].ToArray(), data);
                    break;
            }
            return (RuntimeOutcome.Ran, "");
        }
        catch (InvalidAgentException e)
        {
            return (RuntimeOutcome.Refused, e.Message);
        }
        // Whatever else comes out is what is looked for.
        catch (Exception e) when (e is not null)
        {
            return (RuntimeOutcome.Failed, e.ToString());
        }
    }

    private static void Live(AgentFiles source, byte[] manifest)
    {
        var read = AgentManifest.FromJson(manifest);
        using var agent = DreamerAgent.FromParts(read, source.Graphs.Where(graph => read.Graphs.Any(one => one.Name == graph.Key)).ToDictionary());
        using var session = agent.CreateSession();
        using var imagination = agent.CreateImagination();
        var image = read.Image is { } shape ? new byte[shape.Height * shape.Width * shape.Channels] : [];
        var observation = new AgentObservation(image, new float[read.VectorSize]);
        if (read.Action.IsDiscrete)
        {
            session.Act(observation);
        }
        else
        {
            session.Act(observation, new float[read.Action.Size]);
        }
        imagination.Describe(new float[read.Latent.Size]);
    }

    private static void Replay(AgentFiles source, string graph, byte[] bytes, string data)
    {
        var manifest = source.Manifest with
        {
            Graphs = [.. source.Manifest.Graphs.Select(one => one.Name == graph ? one with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) } : one)],
        };
        using var agent = DreamerAgent.FromParts(manifest, new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [graph] = bytes });
        using var open = agent.OpenGraph(graph);
        AgentVerifier.Replay(open, data);
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ulong[] limits);
}
