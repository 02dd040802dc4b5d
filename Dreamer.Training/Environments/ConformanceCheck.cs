namespace Dreamer.Training.Environments;

/// <summary>The result of checking one part of an environment's contract.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Found">What the check covered.</param>
/// <param name="Problems">Each problem once; empty if there is none.</param>
public sealed record ConformanceCheck(string Name, string Found, IReadOnlyList<string> Problems)
{
    /// <summary>Whether there is no problem.</summary>
    public bool Passed => Problems.Count == 0;
}
