using System.Globalization;
using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Cli.Reporting;

/// <summary>Gathers what a report shows of an agent.</summary>
internal static class AgentReport
{
    /// <summary>Gathers it.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="environment">Where it plays for the per-action picture.</param>
    /// <param name="run">The folder of its training run, or null for a report without a curve.</param>
    /// <param name="episodes">How many episodes to show.</param>
    /// <param name="seed">The seed of every sample.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    internal static ReportContent Create(
        DreamerAgent agent, IEnvironment environment, string? run, int episodes, ulong seed, CancellationToken cancellationToken)
    {
        var manifest = agent.Manifest;
        var scores = manifest.Provenance.Evaluations;
        var summary = scores.Count == 0
            ? $"An agent for {manifest.Provenance.Environment} that was not evaluated."
            : $"In {manifest.Provenance.Environment}: {string.Join("; ", scores)}.";
        return new ReportContent(
            $"Dreamer agent {manifest.Name}",
            summary,
            [.. Facts(manifest)],
            run is null ? [] : RunMetrics.EvaluationCurve(run),
            PerActionFrames.Play(agent, environment, episodes, seed, cancellationToken));
    }

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
