namespace Dreamer.Training.Environments;

/// <summary>One part of an environment's contract that was checked.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Found">What was seen meanwhile.</param>
/// <param name="Problems">What is wrong, each thing once; empty where nothing is.</param>
public sealed record ConformanceCheck(string Name, string Found, IReadOnlyList<string> Problems)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool Passed => Problems.Count == 0;
}
