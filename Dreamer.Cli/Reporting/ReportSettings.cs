namespace Dreamer.Cli.Reporting;

/// <summary>How much a report shows.</summary>
internal sealed record ReportSettings
{
    /// <summary>How many episodes are played.</summary>
    /// <value>3.</value>
    internal int Episodes { get; init; } = 3;

    /// <summary>How many frames of the per-action picture are kept at most.</summary>
    /// <value>300.</value>
    internal int Frames { get; init; } = 300;

    /// <summary>The seed of every sample.</summary>
    /// <value>1.</value>
    internal ulong Seed { get; init; } = 1;
}
