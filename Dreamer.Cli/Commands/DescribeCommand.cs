using System.CommandLine;
using System.Globalization;
using Dreamer.Training;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer describe</c>: prints the networks that a preset creates for an environment, without training them.</summary>
internal static class DescribeCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var preset = new PresetArguments();
        var (image, vector, actions) = (SpaceArguments.ImageOption(), SpaceArguments.VectorOption(), SpaceArguments.ActionsOption());
        var command = new Command("describe", "Prints a preset's networks: modules, shapes and parameter counts.")
        {
            image, vector, actions,
        };
        preset.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = preset.Read(parsed);
            var (observation, space) = SpaceArguments.Resolve(options, parsed.GetValue(image), parsed.GetValue(vector), parsed.GetValue(actions));
            Print(console, options, observation, space);
        });
        return command;
    }

    private static void Print(IAnsiConsole console, DreamerOptions options, ObservationSpace observation, ActionSpace actions)
    {
        var (networks, summary) = (options.Networks, NetworkSummary.Create(options.Networks, observation, actions));
        console.MarkupLineInterpolated($"preset         {options.Preset}");
        console.MarkupLineInterpolated($"observation    {SpaceText.Describe(observation)}");
        console.MarkupLineInterpolated($"action         {(actions.IsDiscrete ? $"one of {actions.Size} actions" : $"{actions.Size} numbers ({networks.ContinuousActions})")}");
        console.MarkupLineInterpolated($"image network  {summary.ImageNetwork ?? "none"}");
        console.MarkupLineInterpolated($"embedding      {summary.EmbeddingSize}");
        console.MarkupLineInterpolated($"latent state   {networks.LatentSize} = {Stoch(networks)} + {networks.Deter} deterministic");

        var table = new Table().AddColumns("module", "layer", "weights").AddColumn(new TableColumn("parameters").RightAligned());
        foreach (var module in summary.Modules)
        {
            table.AddRow(new Markup($"[bold]{module.Name}[/]"), Text(""), Text(""), new Markup($"[bold]{Number(module.Count)}[/]"));
            foreach (var layer in module.Layers)
            {
                var shapes = string.Join("  ", layer.Parameters.Select(p => $"{p.Name} [{string.Join(", ", p.Shape)}]"));
                table.AddRow(Text(""), Text(layer.Name), Text(shapes), Text(Number(layer.Count)));
            }
        }
        console.Write(table);
        console.MarkupLineInterpolated($"world model    {Number(summary.WorldModelCount)}");
        console.MarkupLineInterpolated($"trainable      {Number(summary.Count)}");
        var target = summary.Modules.Single(module => module.Name == "critic").Count;
        console.MarkupLineInterpolated($"in memory      {Number(summary.Count + target)}, including the target critic");
    }

    private static string Stoch(NetworkOptions networks) => networks.Latent == LatentKind.Gaussian
        ? $"{networks.Stoch} Gaussian" : $"{networks.StochSize} categorical ({networks.Stoch} x {networks.Classes})";

    private static Text Text(string text) => new(text);

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
