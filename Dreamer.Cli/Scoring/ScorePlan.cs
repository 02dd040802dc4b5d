using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dreamer.Cli.Scoring;

/// <summary>Identifies a set of scores. Runs with equal plans give equal scores, and can share and resume each other's work.</summary>
/// <param name="Scorer">The SHA-256 of the agent's manifest, which contains the hashes of its graphs, or of the saved pipeline.</param>
/// <param name="Seed">The seed of all samples.</param>
/// <param name="Horizon">The length of imagined rollouts, in steps.</param>
/// <param name="Columns">The columns to write.</param>
/// <param name="FilesPerPart">The number of files per part.</param>
/// <param name="Files">The episode files, in order.</param>
internal sealed record ScorePlan(
    string Scorer, ulong Seed, int Horizon, IReadOnlyList<string> Columns, int FilesPerPart, IReadOnlyList<PlannedFile> Files)
{
    /// <summary>The number of parts.</summary>
    [JsonIgnore]
    internal int PartCount => ((Files.Count - 1) / FilesPerPart) + 1;

    /// <summary>The indices of the files in a part.</summary>
    internal Range FilesOf(int part) => (part * FilesPerPart)..Math.Min((part + 1) * FilesPerPart, Files.Count);

    /// <summary>Serializes the plan; equal plans give equal text.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, ScorePlanJson.Default.ScorePlan) + "\n";

    /// <summary>The SHA-256 of a file, in lowercase hexadecimal.</summary>
    internal static string Fingerprint(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>An episode file at the time of planning.</summary>
/// <param name="Path">The path relative to the scores' folder.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Modified">The time of the last write, in UTC.</param>
internal sealed record PlannedFile(string Path, long Length, DateTime Modified)
{
    internal static PlannedFile FromFile(string file, string folder)
    {
        var info = new FileInfo(file);
        return new PlannedFile(System.IO.Path.GetRelativePath(folder, info.FullName), info.Length, info.LastWriteTimeUtc);
    }
}

/// <summary>Serializes plans as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ScorePlan))]
internal sealed partial class ScorePlanJson : JsonSerializerContext;
