using System.CommandLine;
using System.Globalization;
using Dreamer.Inference;
using Dreamer.Inference.Inspection;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer inspect</c>: describes an agent, its graphs, and what a step costs.</summary>
internal static class InspectCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var agent = AgentArguments.Agent();
        var command = new Command("inspect", "Describes an agent: its graphs, parameters, and the operations and weight bytes of a step.") { agent };
        command.SetAction(parsed => Print(console, AgentInspector.Inspect(parsed.GetRequiredValue(agent))));
        return command;
    }

    private static void Print(IAnsiConsole console, AgentInspection inspection)
    {
        var (manifest, latent) = (inspection.Manifest, inspection.Manifest.Latent);
        var provenance = manifest.Provenance;
        console.MarkupLineInterpolated($"agent       {manifest.Name}: {manifest.Algorithm}, preset {manifest.Preset}, format {manifest.FormatVersion}");
        console.MarkupLineInterpolated($"trained     in {provenance.Environment}, {Number(provenance.Steps)} steps, {Number(provenance.Updates)} updates, seed {provenance.Seed}");
        foreach (var score in provenance.Evaluations)
        {
            console.MarkupLineInterpolated($"score       {score}");
        }
        if (manifest.Quantization is { } quantization)
        {
            console.MarkupLineInterpolated($"int8        {quantization}");
        }
        console.MarkupLineInterpolated($"observation {string.Join(" and ", manifest.Observations.Select(o => $"{o.Key} {o.Type} [{string.Join(", ", o.Shape)}]"))}");
        console.MarkupLineInterpolated($"action      {Text(manifest.Action)}");
        console.MarkupLineInterpolated($"latent      {latent.Size} = {(latent.Kind == LatentManifest.Gaussian ? $"{latent.Stoch} Gaussian" : $"{latent.Stoch} x {latent.Classes} classes")} + {latent.Deter} deterministic");
        console.MarkupLineInterpolated($"value       {(manifest.Heads.ValueIncludesReward ? "includes" : "excludes")} the reward of arriving; rewards {manifest.Heads.RewardTransform}, discount {manifest.Heads.Discount}, gamma {manifest.Heads.Gamma}");
        console.MarkupLineInterpolated($"parameters  {Number(inspection.ParameterCount)}, counting shared ones once");

        var graphs = Columns("graph", "in", "out").AddColumns(Right("opset"), Right("nodes"), Right("parameters"), Right("weight KB"), Right("kFLOP per row"));
        foreach (var graph in inspection.Graphs.Concat(inspection.Int8Graphs))
        {
            graphs.AddRow(
                new Text(graph.Manifest.File), new Text(Tensors(graph.Manifest.Inputs)), new Text(Tensors(graph.Manifest.Outputs)), new Text($"{graph.Opset}"),
                new Text($"{graph.Nodes}"), new Text(Number(graph.ParameterCount)), new Text(Kilo(graph.WeightBytes)), new Text(Kilo(graph.Flops)));
        }
        console.Write(graphs);

        var steps = Columns("one step", "runs").AddColumns(Right("weight KB"), Right("kFLOP per row"));
        foreach (var step in inspection.Steps)
        {
            steps.AddRow(new Text(step.Name), new Text(string.Join(", ", step.Files)), new Text(Kilo(step.WeightBytes)), new Text(Kilo(step.Flops)));
        }
        console.Write(steps);
    }

    private static Table Columns(params string[] names) => new Table().AddColumns(names);

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Text(ActionManifest action) => action.IsDiscrete
        ? $"one of {action.Size}: {string.Join(", ", action.Names!)}"
        : $"{action.Size} numbers from [{string.Join(", ", action.Low!)}] to [{string.Join(", ", action.High!)}], {action.Distribution}";

    private static string Tensors(IEnumerable<TensorManifest> tensors) => string.Join(", ", tensors.Select(t => $"{t.Name} {string.Join("x", t.Sides)}"));

    private static string Kilo(long number) => (number / 1000.0).ToString("#,0.0", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
