using Dreamer.Inference;
using Dreamer.Inference.Episodes;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>Episodes of random frames, as an agent sees them, in files of a temporary folder.</summary>
internal sealed class RecordedFrames : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dreamer-benchmark-");

    internal RecordedFrames(AgentManifest manifest, int episodes, int rows)
    {
        var random = new Random(1);
        var image = manifest.Image ?? throw new ArgumentException("The agent sees no image.", nameof(manifest));
        var (frame, action) = (new byte[image.Size], new float[manifest.Action.Size]);
        for (var episode = 0; episode < episodes; episode++)
        {
            var recorder = new EpisodeRecorder(image, vectorSize: 0, action.Length);
            random.NextBytes(frame);
            recorder.First(frame);
            for (var row = 1; row < rows; row++)
            {
                random.NextBytes(frame);
                Array.Clear(action);
                action[random.Next(action.Length)] = 1;
                recorder.Add(frame, action, reward: random.Next(2), isLast: row == rows - 1, isTerminal: false);
            }
            EpisodeFile.Save(_folder.FullName, recorder.Finish($"{episode:D5}"), Start.AddSeconds(episode));
        }
    }

    internal string Pattern => Path.Combine(_folder.FullName, "*.npz");

    internal IReadOnlyList<string> Files => [.. Directory.GetFiles(_folder.FullName, "*.npz").Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);
}
