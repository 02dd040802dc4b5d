using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dreamer.Inference.IO;

namespace Dreamer.Training.Telemetry;

/// <summary>Metrics as JSON lines, each flushed, so that a crash loses at most the line being written.</summary>
/// <remarks>Not thread-safe; one run owns the file.</remarks>
public sealed class MetricsLog : IDisposable
{
    /// <summary>The name of the file in a run's folder.</summary>
    public const string FileName = "metrics.jsonl";

    /// <summary>The key of the number of updates.</summary>
    public const string UpdateKey = "update";

    /// <summary>The key of the number of environment steps.</summary>
    public const string StepKey = "env_steps";

    private readonly StreamWriter _writer;

    /// <summary>Opens a log to append to.</summary>
    /// <param name="path">The file; created if it is missing.</param>
    /// <param name="keep">The lines to keep; later ones, which the run writes again, and a truncated one are removed.</param>
    public MetricsLog(string path, long keep)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        if (File.Exists(path))
        {
            var text = File.ReadAllText(path);
            var kept = string.Concat(text.Split('\n')[..^1].Where(IsWhole).Take((int)Math.Min(keep, int.MaxValue)).Select(line => line + "\n"));
            if (kept.Length < text.Length)
            {
                AtomicFile.WriteAllText(path, kept);
            }
        }
        // Appended to, not replaced: readers follow the log while it grows.
        var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    /// <summary>Writes a line.</summary>
    /// <param name="updates">Updates so far.</param>
    /// <param name="environmentSteps">Environment steps so far.</param>
    /// <param name="metrics">The metrics; numbers that are not finite are written as null.</param>
    public void Write(long updates, long environmentSteps, IEnumerable<KeyValuePair<string, double>> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var line = new JsonObject { [UpdateKey] = updates, [StepKey] = environmentSteps };
        foreach (var (name, value) in metrics)
        {
            line[name] = double.IsFinite(value) ? value : null;
        }
        _writer.WriteLine(line.ToJsonString());
        _writer.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static bool IsWhole(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
