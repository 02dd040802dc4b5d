namespace Dreamer.Cli.Reporting;

/// <summary>The size of a report.</summary>
internal sealed record ReportSettings
{
    /// <summary>The number of episodes to play.</summary>
    /// <value>3.</value>
    internal int Episodes { get; init; } = 3;

    /// <summary>The maximum number of rows in the per-action picture.</summary>
    /// <value>300.</value>
    internal int Frames { get; init; } = 300;

    /// <summary>The seed of all random choices.</summary>
    /// <value>1.</value>
    internal ulong Seed { get; init; } = 1;
}
