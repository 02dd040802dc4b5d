using System.Globalization;
using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Reporting;

/// <summary>Collects the content of an agent's report.</summary>
internal static class AgentReport
{
    private const int SmallChart = 220;

    /// <summary>Plays the agent and collects the content.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="environment">The environment to play in.</param>
    /// <param name="runs">The folders of training runs to draw curves for, the agent's own first.</param>
    /// <param name="settings">The size of the report.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    internal static ReportContent Create(
        DreamerAgent agent, IEnvironment environment, IReadOnlyList<string> runs, ReportSettings settings, CancellationToken cancellationToken)
    {
        var manifest = agent.Manifest;
        var scores = manifest.Provenance.Evaluations;
        using var imagination = agent.CreateImagination(settings.Seed);
        var frames = PerActionFrames.Supports(manifest) ? new PerActionFrames(agent, imagination, settings.Frames) : null;
        var traces = EpisodeTraces.Play(
            agent, environment, settings.Episodes, settings.Seed, (row, session) => frames?.Add(row, session), cancellationToken);
        return new ReportContent(
            $"Dreamer agent {manifest.Name}",
            scores.Count == 0
                ? $"An agent for {manifest.Provenance.Environment} that has not been evaluated."
                : $"In {manifest.Provenance.Environment}: {string.Join("; ", scores)}.",
            [.. TrainingCharts.CreateSections(runs), .. HealthSection.Create(runs, manifest)],
            frames?.Frames ?? [],
            OpenLoop.Film(manifest, imagination, traces[0]),
            [.. Analyses(manifest, imagination, traces)],
            [.. Facts(manifest)]);
    }

    private static IEnumerable<ReportSection> Analyses(AgentManifest manifest, AgentImagination imagination, IReadOnlyList<EpisodeTrace> traces)
    {
        var errors = OpenLoop.Errors(imagination, traces);
        yield return new ReportSection(
            "How far imagination can be trusted",
            $"Mean absolute error against the number of imagined steps, over {traces.Count} episode(s). Imagination starts at every fifth row and follows the actions taken. " +
            "The baseline repeats the last observation.",
            LineChart.ToSvg(
                "imagined steps",
                [
                    new("last observation repeated", [.. errors.Select(error => ((double)error.Steps, error.Baseline))], 1),
                    new("world model", [.. errors.Select(error => ((double)error.Steps, error.Model))], 0),
                ],
                height: SmallChart));
        foreach (var (i, (seen, imagined)) in OpenLoop.Numbers(manifest, imagination, traces[0]).Index())
        {
            yield return new ReportSection(
                $"Number {i + 1} of the observation",
                $"Observed in the first episode, and imagined by the world model after {OpenLoop.Context} rows.",
                LineChart.ToSvg("step", [Line("observed", seen, 1), Line("imagined", imagined, 0)], height: SmallChart, marks: [(OpenLoop.Context - 1, "imagined from here")]));
        }
        var starts = traces.Select((trace, i) => ((double)traces.Take(i).Sum(t => t.Latents.Count), trace.Episode.Id)).ToList();
        yield return new ReportSection(
            "Surprise",
            "KL divergence of the posterior from the prior, in nats, for each row of the episodes.",
            LineChart.ToSvg("row", [Line("surprise", [.. traces.SelectMany(t => t.Surprises)], 0)], height: SmallChart, marks: starts));
        yield return new ReportSection(
            "Rewards and values",
            "The reward received, the reward predicted, and the critic's value: the return predicted from here on.",
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
                "One row per categorical, one cell per class: the darker, the more often it was drawn. The number on the right is the effective number of classes in use.",
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
