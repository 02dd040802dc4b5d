using Dreamer.Inference;

namespace Dreamer.Fuzzing;

/// <summary>The files of an agent folder as they were exported.</summary>
internal sealed class AgentFiles
{
    internal AgentFiles(string folder)
    {
        Folder = folder;
        Manifest = AgentManifest.FromJson(File.ReadAllBytes(Path.Combine(folder, AgentManifest.FileName)));
        Files =
        [
            Read(FileKind.Manifest, AgentManifest.FileName, ""),
            .. Manifest.Graphs.Select(graph => Read(FileKind.Graph, graph.File, graph.Name)),
            .. Manifest.Graphs.SelectMany(graph => Directory.EnumerateFiles(TestData(graph.Name)).Order(StringComparer.Ordinal)
                .Select(path => Read(FileKind.TestData, Path.GetRelativePath(folder, path), graph.Name))),
        ];
    }

    internal string Folder { get; }

    internal AgentManifest Manifest { get; }

    internal IReadOnlyList<(FileKind Kind, string Path, string Graph, byte[] Bytes)> Files { get; }

    /// <summary>The graphs by name.</summary>
    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Graphs =>
        Files.Where(file => file.Kind == FileKind.Graph).ToDictionary(file => file.Graph, file => (ReadOnlyMemory<byte>)file.Bytes, StringComparer.Ordinal);

    internal string TestData(string graph) => Path.Combine(Folder, AgentManifest.TestDataFolder, graph);

    private (FileKind Kind, string Path, string Graph, byte[] Bytes) Read(FileKind kind, string path, string graph) =>
        (kind, path, graph, File.ReadAllBytes(Path.Combine(Folder, path)));
}
