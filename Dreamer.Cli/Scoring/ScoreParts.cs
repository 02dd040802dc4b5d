using System.Globalization;
using Dreamer.Inference.IO;
using Microsoft.ML;

namespace Dreamer.Cli.Scoring;

/// <summary>
/// Scores on their way into a file. Files of episodes are scored part by part into a folder beside it, <c>OUT.parts</c>, each part written
/// whole or not at all, by one process or several; whoever finds all of them there merges them. A run that was killed goes on where it
/// was, and the merged file does not depend on who wrote which part, or when.
/// </summary>
/// <remarks>Beside the merged file stays its plan, <c>OUT.json</c>, which says what it was made of, and that nothing is missing.</remarks>
internal sealed class ScoreParts(string output, ScorePlan plan)
{
    private readonly string _folder = output + ".parts";
    private readonly string _done = output + ".json";
    private readonly string _json = plan.ToJson();

    private string PlanFile => Path.Combine(_folder, "plan.json");

    /// <summary>Whether the merged file is there, made of this plan.</summary>
    internal bool IsMerged => File.Exists(output) && Holds(_done);

    /// <summary>Whether all parts are there.</summary>
    internal bool AreWhole => Directory.Exists(_folder) && Enumerable.Range(0, plan.PartCount).All(IsThere);

    /// <summary>Begins, or goes on with what another run of this plan began.</summary>
    /// <exception cref="InvalidDataException">The folder holds parts of another plan.</exception>
    internal void Open()
    {
        if (File.Exists(PlanFile))
        {
            if (!Holds(PlanFile))
            {
                throw new InvalidDataException(
                    $"'{_folder}' holds parts of other scores: of other episodes, another agent, seed or other columns ('{PlanFile}' says which). " +
                    "Finish those by the command that began them, remove the folder, or write to another file.");
            }
            return;
        }
        AtomicFile.WriteAllText(PlanFile, _json);
    }

    /// <summary>The parts of a shard that are not there yet.</summary>
    internal IReadOnlyList<int> Missing(Shard shard) => [.. Enumerable.Range(0, plan.PartCount).Where(part => shard.Takes(part) && !IsThere(part))];

    /// <summary>Removes the folder of the parts, which others may be removing as well.</summary>
    internal void Clean()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another was faster.
        }
    }

    /// <summary>Writes a part.</summary>
    internal void Write(MLContext ml, IDataView scored, int part) => AtomicFile.Write(PathOf(part), stream => ml.Data.SaveAsBinary(scored, stream));

    /// <summary>Merges the parts, if all are there and no other process is at it.</summary>
    /// <returns>Whether the merged file is there.</returns>
    internal bool TryMerge(MLContext ml)
    {
        if (!AreWhole)
        {
            return IsMerged;
        }
        using (var alone = TryLock())
        {
            if (alone is null || !AreWhole)
            {
                return IsMerged;
            }
            // The file of an earlier plan must not be taken for this one's, nor this one's for the earlier's.
            File.Delete(_done);
            ScoreFile.Write(ml, new ConcatenatedView(ml, [.. Enumerable.Range(0, plan.PartCount).Select(PathOf)]), output);
            AtomicFile.WriteAllText(_done, _json);
        }
        Clean();
        return true;
    }

    // Who dies while merging lets go of the lock, and leaves the parts to the next.
    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(Path.Combine(_folder, "merge.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Another merges, or is through and has removed the folder.
            return null;
        }
    }

    private bool IsThere(int part) => File.Exists(PathOf(part));

    private string PathOf(int part) => Path.Combine(_folder, part.ToString("D6", CultureInfo.InvariantCulture) + ScoreFile.Binary);

    private bool Holds(string file) => File.Exists(file) && File.ReadAllText(file) == _json;
}
