using System.Security.Cryptography;
using Dreamer.Inference;
using Dreamer.Inference.IO;
using Dreamer.Training.Tracing.Protobuf;
using Google.Protobuf;

namespace Dreamer.Training.Tests.Export;

/// <summary>Changes graphs of an exported folder, and the hashes with them.</summary>
internal static class EditedAgent
{
    public static void Edit(string folder, string graph, Action<GraphProto> change)
    {
        var path = Path.Combine(folder, AgentManifest.FileName);
        var manifest = AgentManifest.FromJson(File.ReadAllBytes(path));
        var file = Path.Combine(folder, manifest.Graph(graph).File);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file));
        change(model.Graph);
        var bytes = model.ToByteArray();
        AtomicFile.WriteAllBytes(file, bytes);
        var changed = manifest with
        {
            Graphs = [.. manifest.Graphs.Select(g => g.Name == graph ? g with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) } : g)],
        };
        AtomicFile.WriteAllBytes(path, changed.ToJson());
    }
}
