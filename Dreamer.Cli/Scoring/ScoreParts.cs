using System.Globalization;
using Dreamer.Inference.IO;
using Microsoft.ML;

namespace Dreamer.Cli.Scoring;

/// <summary>
/// Scores episode files part by part into the folder <c>OUT.parts</c>. One or several processes write the parts, each atomically; the process
/// that finds all parts present merges them. A run that was killed resumes where it stopped, and the merged file does not depend on which
/// process wrote which part, or when.
/// </summary>
/// <remarks>The plan stays next to the merged file, as <c>OUT.json</c>. It records the inputs and marks the merged file as complete.</remarks>
internal sealed class ScoreParts(string output, ScorePlan plan)
{
    private readonly string _folder = output + ".parts";
    private readonly string _done = output + ".json";
    private readonly string _json = plan.ToJson();

    private string PlanFile => Path.Combine(_folder, "plan.json");

    /// <summary>Whether the merged file exists and was made from this plan.</summary>
    internal bool IsMerged => File.Exists(output) && Matches(_done);

    /// <summary>Whether all parts exist.</summary>
    internal bool AreComplete => Directory.Exists(_folder) && Enumerable.Range(0, plan.PartCount).All(Exists);

    /// <summary>Starts a plan, or continues one that another run started.</summary>
    /// <exception cref="InvalidDataException">The folder contains parts of another plan.</exception>
    internal void Open()
    {
        if (File.Exists(PlanFile))
        {
            if (!Matches(PlanFile))
            {
                throw new InvalidDataException(
                    $"'{_folder}' holds parts of other scores, with different episodes, agent, seed or columns (see '{PlanFile}'). " +
                    "Finish them with the command that started them, delete the folder, or write to another file.");
            }
            return;
        }
        AtomicFile.WriteAllText(PlanFile, _json);
    }

    /// <summary>The parts of a shard that do not exist yet.</summary>
    internal IReadOnlyList<int> Missing(Shard shard) => [.. Enumerable.Range(0, plan.PartCount).Where(part => shard.Contains(part) && !Exists(part))];

    /// <summary>Deletes the folder of parts; other processes may be deleting it too.</summary>
    internal void Clean()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was faster.
        }
    }

    /// <summary>Writes a part.</summary>
    internal void Write(MLContext ml, IDataView scored, int part) => AtomicFile.Write(PathOf(part), stream => ml.Data.SaveAsBinary(scored, stream));

    /// <summary>Merges the parts if all exist and no other process is merging them.</summary>
    /// <returns>Whether the merged file exists.</returns>
    internal bool TryMerge(MLContext ml)
    {
        if (!AreComplete)
        {
            return IsMerged;
        }
        using (var mergeLock = TryLock())
        {
            if (mergeLock is null || !AreComplete)
            {
                return IsMerged;
            }
            // The marker of an earlier plan must never stand next to this plan's file.
            File.Delete(_done);
            ScoreFile.Write(ml, new ConcatenatedView(ml, [.. Enumerable.Range(0, plan.PartCount).Select(PathOf)]), output);
            AtomicFile.WriteAllText(_done, _json);
        }
        Clean();
        return true;
    }

    // If a process dies while merging, the operating system releases the lock and the parts remain for the next process.
    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(Path.Combine(_folder, "merge.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Another process is merging, or has finished and deleted the folder.
            return null;
        }
    }

    private bool Exists(int part) => File.Exists(PathOf(part));

    private string PathOf(int part) => Path.Combine(_folder, part.ToString("D6", CultureInfo.InvariantCulture) + ScoreFile.Binary);

    private bool Matches(string file) => File.Exists(file) && File.ReadAllText(file) == _json;
}
