using Dreamer.Inference;

namespace Dreamer.TestSupport;

/// <summary>The Catch agent of the repository, copied next to the tests.</summary>
public static class CatchAgent
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "onnx", "catch");

    public static DreamerAgent Load() => DreamerAgent.Load(Folder);

    /// <summary>A copy of the agent's folder that a test may damage.</summary>
    public static string CopyTo(TemporaryFolder folder)
    {
        var copy = folder.File("catch");
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    /// <summary>Frames of noise: what matters here is that no two are alike.</summary>
    public static byte[][] Frames(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var frame = new byte[50];
            random.NextBytes(frame);
            return frame;
        })];
    }
}
