using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Dreamer.Inference.Episodes;

/// <summary>The name of a replay chunk of DreamerV3: <c>{time}-{id}-{id of the next}-{rows}.npz</c> (danijar/dreamerv3, embodied/core/chunk.py).</summary>
internal sealed partial record ChunkName(string Id, string Next)
{
    /// <summary>The name of a file, or null if the file is not a chunk.</summary>
    internal static ChunkName? Parse(string path)
    {
        var match = Pattern().Match(Path.GetFileName(path));
        // Names of the reference can look the same: only the content decides.
        return match.Success && HasStepIds(path) ? new ChunkName(match.Groups["id"].Value, match.Groups["next"].Value) : null;
    }

    private static bool HasStepIds(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.GetEntry(EpisodeKeys.StepId + ".npy") is not null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Whoever reads the file reports it.
            return false;
        }
    }

    [GeneratedRegex(@"^[^-]+-(?<id>[^-]+)-(?<next>[^-]+)-\d+\.npz$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
