namespace Dreamer.Cli.Demo;

/// <summary>The demo's files.</summary>
/// <param name="Root">The demo's folder.</param>
internal sealed record DemoFolder(string Root)
{
    /// <summary>The training run: checkpoints, metrics, replay.</summary>
    internal string Run => Path.Combine(Root, "run");

    /// <summary>The exported agent.</summary>
    internal string Agent => Path.Combine(Root, "agent");

    /// <summary>Episodes played by the exported agent.</summary>
    internal string Recordings => Path.Combine(Root, "recordings");

    /// <summary>The saved ML.NET pipeline.</summary>
    internal string Pipeline => Path.Combine(Root, "pipeline.zip");

    /// <summary>The scores computed with the saved pipeline in a new process.</summary>
    internal string Scores => Path.Combine(Root, "scores.idv");

    /// <summary>The HTML report.</summary>
    internal string Report => Path.Combine(Root, "report.html");
}
