using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dreamer.Cli.Scoring;

/// <summary>What scores are made of: runs of the same plan give the same scores, and may share and continue each other's work.</summary>
/// <param name="Scorer">The SHA-256 of the agent's manifest, which holds those of its graphs, or of the saved pipeline.</param>
/// <param name="Seed">The seed of samples.</param>
/// <param name="Horizon">The steps of imagined rollouts.</param>
/// <param name="Columns">The columns that are written.</param>
/// <param name="FilesPerPart">How many files make a part.</param>
/// <param name="Files">The episode files, in order.</param>
internal sealed record ScorePlan(
    string Scorer, ulong Seed, int Horizon, IReadOnlyList<string> Columns, int FilesPerPart, IReadOnlyList<PlannedFile> Files)
{
    /// <summary>How many parts there are.</summary>
    [JsonIgnore]
    internal int PartCount => ((Files.Count - 1) / FilesPerPart) + 1;

    /// <summary>The files that a part scores, by their places among all.</summary>
    internal Range FilesOf(int part) => (part * FilesPerPart)..Math.Min((part + 1) * FilesPerPart, Files.Count);

    /// <summary>The plan as text: equal plans give equal texts.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, ScorePlanJson.Default.ScorePlan) + "\n";

    /// <summary>What tells one scorer from another.</summary>
    internal static string Fingerprint(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>An episode file as it was when it was planned.</summary>
/// <param name="Path">Its path, from the folder of the scores.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Modified">When it was last written, in UTC.</param>
internal sealed record PlannedFile(string Path, long Length, DateTime Modified)
{
    internal static PlannedFile Of(string file, string folder)
    {
        var info = new FileInfo(file);
        return new PlannedFile(System.IO.Path.GetRelativePath(folder, info.FullName), info.Length, info.LastWriteTimeUtc);
    }
}

/// <summary>The JSON of plans.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ScorePlan))]
internal sealed partial class ScorePlanJson : JsonSerializerContext;
