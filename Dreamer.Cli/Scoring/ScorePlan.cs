using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dreamer.Inference.Episodes;

namespace Dreamer.Cli.Scoring;

/// <summary>Identifies a set of scores. Runs with equal plans give equal scores, and can share and resume each other's work.</summary>
/// <param name="Scorer">The SHA-256 of the agent's manifest, which contains the hashes of its graphs, or of the saved pipeline.</param>
/// <param name="Seed">The seed of all samples.</param>
/// <param name="Horizon">The length of imagined rollouts, in steps.</param>
/// <param name="Columns">The columns to write.</param>
/// <param name="FilesPerPart">The number of files per part.</param>
/// <param name="Reading">How the files are read.</param>
/// <param name="Files">The episode files, in order.</param>
internal sealed record ScorePlan(
    string Scorer, ulong Seed, int Horizon, IReadOnlyList<string> Columns, int FilesPerPart, EpisodeReadOptions Reading, IReadOnlyList<PlannedFile> Files)
{
    /// <summary>Plans the scores of some recordings.</summary>
    internal static ScorePlan Create(
        string scorer, ulong seed, int horizon, IReadOnlyList<string> columns, int filesPerPart, EpisodeReadOptions reading, IReadOnlyList<EpisodeRecording> recordings,
        string folder) =>
        new(scorer, seed, horizon, columns, filesPerPart, reading, [.. recordings.SelectMany(recording => recording.Files).Select(file => PlannedFile.FromFile(file, folder))])
        {
            Recordings = recordings,
        };

    /// <summary>The files by recording: chunks that continue each other belong to one part.</summary>
    [JsonIgnore]
    internal IReadOnlyList<EpisodeRecording> Recordings { get; private init; } = [];

    /// <summary>The number of parts.</summary>
    [JsonIgnore]
    internal int PartCount => ((Recordings.Count - 1) / FilesPerPart) + 1;

    /// <summary>The files of a part.</summary>
    internal string[] FilesOf(int part) => [.. Recordings.Skip(part * FilesPerPart).Take(FilesPerPart).SelectMany(recording => recording.Files)];

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
