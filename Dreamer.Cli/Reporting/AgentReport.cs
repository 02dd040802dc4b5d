using System.Globalization;
using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Reporting;

/// <summary>Gathers what a report shows of an agent.</summary>
internal static class AgentReport
{
    private const int SmallChart = 220;

    /// <summary>Gathers it.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="environment">Where it plays for the pictures.</param>
    /// <param name="runs">The folders of training runs for the curves: the agent's own first.</param>
    /// <param name="settings">What is shown.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    internal static ReportContent Create(
        DreamerAgent agent, IEnvironment environment, IReadOnlyList<string> runs, ReportSettings settings, CancellationToken cancellationToken)
    {
        var manifest = agent.Manifest;
        var scores = manifest.Provenance.Evaluations;
        using var imagination = agent.CreateImagination(settings.Seed);
        var frames = PerActionFrames.Suit(manifest) ? new PerActionFrames(agent, imagination, settings.Frames) : null;
        var traces = EpisodeTraces.Play(
            agent, environment, settings.Episodes, settings.Seed, (row, session) => frames?.Add(row, session), cancellationToken);
        return new ReportContent(
            $"Dreamer agent {manifest.Name}",
            scores.Count == 0
                ? $"An agent for {manifest.Provenance.Environment} that was not evaluated."
                : $"In {manifest.Provenance.Environment}: {string.Join("; ", scores)}.",
            [.. TrainingCharts.Of(runs)],
            frames?.Frames ?? [],
            OpenLoop.Film(manifest, imagination, traces[0]),
            [.. Thoughts(manifest, imagination, traces)],
            [.. Facts(manifest)]);
    }

    private static IEnumerable<ReportSection> Thoughts(AgentManifest manifest, AgentImagination imagination, IReadOnlyList<EpisodeTrace> traces)
    {
        var errors = OpenLoop.Errors(imagination, traces);
        yield return new ReportSection(
            "How far imagination can be trusted",
            $"Mean absolute error against the number of steps imagined, over {traces.Count} episode(s), from every fifth row on, under the actions that were taken. " +
            "The other line is who keeps the last observation.",
            LineChart.ToSvg(
                "steps imagined",
                [
                    new("the last observation kept", [.. errors.Select(error => ((double)error.Steps, error.Kept))], 1),
                    new("the world model", [.. errors.Select(error => ((double)error.Steps, error.Model))], 0),
                ],
                height: SmallChart));
        foreach (var (i, (seen, imagined)) in OpenLoop.Numbers(manifest, imagination, traces[0]).Index())
        {
            yield return new ReportSection(
                $"Number {i + 1} of the observation",
                $"As seen in the first episode, and as the world model goes on by itself after {OpenLoop.Context} rows.",
                LineChart.ToSvg("step", [Line("seen", seen, 1), Line("imagined", imagined, 0)], height: SmallChart, marks: [(OpenLoop.Context - 1, "imagined from here")]));
        }
        var starts = traces.Select((trace, i) => ((double)traces.Take(i).Sum(t => t.Latents.Count), trace.Episode.Id)).ToList();
        yield return new ReportSection(
            "Surprise",
            "KL of what was seen from what was expected, in nats, row by row through the episodes.",
            LineChart.ToSvg("row", [Line("surprise", [.. traces.SelectMany(t => t.Surprises)], 0)], height: SmallChart, marks: starts));
        yield return new ReportSection(
            "Rewards and values",
            "What was received, what the agent expected to receive, and what it expects to come (the critic's value).",
            LineChart.ToSvg(
                "row",
                [
                    Line("value", [.. traces.SelectMany(t => t.Values)], 2),
                    Line("reward received", [.. traces.SelectMany(t => t.Episode.Rewards)], 1),
                    Line("reward predicted", [.. traces.SelectMany(t => t.Rewards)], 0),
                ],
                height: SmallChart,
                marks: starts));
        if (manifest.Latent.Kind != LatentManifest.Gaussian)
        {
            yield return new ReportSection(
                "Latent usage",
                "A row for each categorical, a cell for each class: the darker, the more often it was drawn. At the right how many classes are used in effect.",
                LatentUsage.ToSvg(LatentUsage.Frequencies(manifest.Latent, traces.SelectMany(trace => trace.Latents))));
        }
    }

    private static LineSeries Line(string name, IReadOnlyList<float> values, int hue) =>
        new(name, [.. values.Select((value, i) => ((double)i, (double)value))], hue);

    private static IEnumerable<(string Name, string Value)> Facts(AgentManifest manifest)
    {
        var (latent, provenance) = (manifest.Latent, manifest.Provenance);
        yield return ("Algorithm", $"{manifest.Algorithm}, preset {manifest.Preset}");
        yield return ("Environment", provenance.Environment);
        yield return ("Training", $"{provenance.Steps.ToString("#,0", CultureInfo.InvariantCulture)} steps, {provenance.Updates.ToString("#,0", CultureInfo.InvariantCulture)} updates, seed {provenance.Seed}");
        yield return ("Observations", string.Join("; ", manifest.Observations.Select(o => $"{o.Key} {o.Type} [{string.Join(", ", o.Shape)}]")));
        yield return ("Actions", manifest.Action.IsDiscrete ? string.Join(", ", manifest.Action.Names!) : $"{manifest.Action.Size} numbers");
        yield return ("Latent", $"{(latent.Kind == LatentManifest.Gaussian ? $"{latent.Stoch} Gaussian numbers" : $"{latent.Stoch} x {latent.Classes} classes")}, deter {latent.Deter}, embedding {latent.Embedding}");
        yield return ("Graphs", string.Join(", ", manifest.Graphs.Select(g => g.File)));
        yield return ("Packages", string.Join(", ", provenance.Packages.Select(p => $"{p.Key} {p.Value}")));
    }
}
