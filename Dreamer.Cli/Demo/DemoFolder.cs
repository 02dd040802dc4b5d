namespace Dreamer.Cli.Demo;

/// <summary>Where the demo keeps what it makes.</summary>
/// <param name="Root">The demo's folder.</param>
internal sealed record DemoFolder(string Root)
{
    /// <summary>The training run: checkpoints, metrics, replay.</summary>
    internal string Run => Path.Combine(Root, "run");

    /// <summary>The exported agent.</summary>
    internal string Agent => Path.Combine(Root, "agent");

    /// <summary>Episodes that the exported agent played.</summary>
    internal string Recordings => Path.Combine(Root, "recordings");

    /// <summary>The saved ML.NET pipeline.</summary>
    internal string Pipeline => Path.Combine(Root, "pipeline.zip");

    /// <summary>The scores that another process computed with the saved pipeline.</summary>
    internal string Scores => Path.Combine(Root, "scores.idv");

    /// <summary>The page that shows all of it.</summary>
    internal string Report => Path.Combine(Root, "report.html");
}
