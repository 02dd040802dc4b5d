using System.CommandLine;
using System.Globalization;
using Dreamer.Training;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer describe</c>: the networks that a preset makes for an environment, without training them.</summary>
internal static class DescribeCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var preset = new PresetArguments();
        var image = new Option<string?>("--image") { Description = "The image that is seen, height x width x channels: 64x64x1 say." };
        var vector = new Option<int>("--vector") { Description = "How many numbers are seen beside the image, or without one." };
        var actions = new Option<string?>("--actions") { Description = "How many actions there are to pick from, or continuous:N." };
        var command = new Command("describe", "Prints the networks of a preset: modules, shapes, numbers of parameters.")
        {
            image, vector, actions,
        };
        preset.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = preset.Read(parsed);
            var (observation, space) = Spaces(options, parsed.GetValue(image), parsed.GetValue(vector), parsed.GetValue(actions));
            Require(options, observation);
            Print(console, options, observation, space);
        });
        return command;
    }

    private static void Require(DreamerOptions options, ObservationSpace observation)
    {
        if (options.Networks.Errors(observation) is { Count: > 0 } errors)
        {
            throw new ArgumentException($"Preset '{options.Preset}' has no networks for that: {string.Join(" ", errors)}", nameof(observation));
        }
    }

    /// <summary>What was said, or else what the preset's environment shows and takes.</summary>
    private static (ObservationSpace Observation, ActionSpace Actions) Spaces(DreamerOptions options, string? image, int vector, string? actions)
    {
        var seen = image is not null || vector != 0;
        if (seen && actions is not null)
        {
            return (SpaceArguments.Observation(image, vector), SpaceArguments.Actions(actions));
        }
        if (!EnvironmentRegistry.Default.Names.Contains(options.Environment))
        {
            throw new ArgumentException(
                $"Preset '{options.Preset}' comes without an environment: say what is seen (--image HxWxC, --vector N or both) and done (--actions N or continuous:N).", nameof(options));
        }
        var environment = EnvironmentRegistry.Default.Create(options.Environment, seed: 0);
        return (
            seen ? SpaceArguments.Observation(image, vector) : environment.ObservationSpace,
            actions is null ? environment.ActionSpace : SpaceArguments.Actions(actions));
    }

    private static void Print(IAnsiConsole console, DreamerOptions options, ObservationSpace observation, ActionSpace actions)
    {
        var (networks, summary) = (options.Networks, NetworkSummary.Of(options.Networks, observation, actions));
        console.MarkupLineInterpolated($"preset         {options.Preset}");
        console.MarkupLineInterpolated($"sees           {SpaceText.Of(observation)}");
        console.MarkupLineInterpolated($"does           {(actions.IsDiscrete ? $"one of {actions.Size} actions" : $"{actions.Size} numbers ({networks.ContinuousActions})")}");
        console.MarkupLineInterpolated($"image network  {summary.ImageNetwork ?? "none"}");
        console.MarkupLineInterpolated($"embedding      {summary.EmbeddingSize}");
        console.MarkupLineInterpolated($"latent state   {networks.LatentSize} = {Stoch(networks)} + {networks.Deter} deterministic");

        var table = new Table().AddColumns("module", "layer", "learns").AddColumn(new TableColumn("parameters").RightAligned());
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
        console.MarkupLineInterpolated($"in memory      {Number(summary.Count + target)}, with the target critic");
    }

    private static string Stoch(NetworkOptions networks) => networks.Latent == LatentKind.Gaussian
        ? $"{networks.Stoch} Gaussian" : $"{networks.StochSize} categorical ({networks.Stoch} x {networks.Classes})";

    private static Text Text(string text) => new(text);

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
