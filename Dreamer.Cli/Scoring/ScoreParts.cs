using System.Collections.Concurrent;
using System.Globalization;
using Dreamer.Inference.Episodes;
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

    /// <summary>The reasons why recordings were left out, one a line, next to the merged file; missing if none was.</summary>
    internal string RefusedFile { get; } = output + ".refused.txt";

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
    /// <param name="ml">The context.</param>
    /// <param name="scored">The scores.</param>
    /// <param name="part">The part's number.</param>
    /// <param name="refused">Receives the reasons for recordings that are left out while the scores are read.</param>
    internal void Write(MLContext ml, IDataView scored, int part, ConcurrentDictionary<string, bool> refused) => AtomicFile.Write(PathOf(part), stream =>
    {
        ml.Data.SaveAsBinary(scored, stream);
        // Before the part is in its place: a part that exists is complete.
        if (!refused.IsEmpty)
        {
            AtomicFile.WriteAllText(RefusedOf(part), string.Concat(refused.Keys.Order(StringComparer.Ordinal).Select(reason => reason.ReplaceLineEndings(" ") + "\n")));
        }
    });

    /// <summary>The reasons why recordings were left out of the merged file.</summary>
    internal IReadOnlyList<string> Refused() => File.Exists(RefusedFile) ? File.ReadAllLines(RefusedFile) : [];

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
            File.Delete(RefusedFile);
            string[] refused = [.. Enumerable.Range(0, plan.PartCount).Select(RefusedOf).Where(File.Exists).SelectMany(File.ReadLines)];
            var scores = new ConcatenatedView(ml, [.. Enumerable.Range(0, plan.PartCount).Select(PathOf)]);
            if (refused.Length > 0)
            {
                RequireRows(scores, refused);
                AtomicFile.WriteAllText(RefusedFile, string.Concat(refused.Select(reason => reason + "\n")));
            }
            ScoreFile.Write(ml, scores, output);
            AtomicFile.WriteAllText(_done, _json);
        }
        Clean();
        return true;
    }

    private static void RequireRows(ConcatenatedView scores, string[] refused)
    {
        using var cursor = scores.GetRowCursor([]);
        if (!cursor.MoveNext())
        {
            throw new InvalidEpisodeException($"No recording can be scored; {refused.Length} are refused: {refused[0]}");
        }
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

    private string RefusedOf(int part) => Path.ChangeExtension(PathOf(part), ".refused");

    private string PathOf(int part) => Path.Combine(_folder, part.ToString("D6", CultureInfo.InvariantCulture) + ScoreFile.Binary);

    private bool Matches(string file) => File.Exists(file) && File.ReadAllText(file) == _json;
}
