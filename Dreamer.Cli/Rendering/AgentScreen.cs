using System.Globalization;
using Dreamer.Inference;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dreamer.Cli.Rendering;

/// <summary>Lays out what an agent observes and predicts: the image and its decoding, scaled to the terminal; the numbers; the policy as bars.</summary>
/// <param name="agent">The agent.</param>
/// <param name="width">The terminal's width in columns.</param>
/// <param name="height">The terminal's height in lines.</param>
/// <param name="isUnicode">Whether the terminal shows block characters.</param>
internal sealed class AgentScreen(AgentManifest agent, int width, int height, bool isUnicode)
{
    private const int Gap = 2;
    private const int WidestBar = 30;
    private const int PercentWidth = 5;

    // Some games have 18 actions; only the most probable are shown.
    private const int MostActions = 8;

    // The heading, the numbers, the empty lines around them, and the cursor's line at the bottom.
    private const int OtherLines = 8;

    private static readonly Style Soft = new(Color.Grey62);
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Chosen = new(Color.DodgerBlue1, decoration: Decoration.Bold);

    /// <summary>Lays out one snapshot.</summary>
    internal IRenderable Render(AgentSnapshot snapshot)
    {
        var lines = new List<IRenderable>
        {
            Grid(3).AddRow(new Text(snapshot.Episode, Strong), new Text($"step {snapshot.Step}"), new Text($"return {NumberText.Format(snapshot.Return)}")),
        };
        if (agent.Image is { } shape)
        {
            lines.Add(Pictures(snapshot, shape));
        }
        lines.Add(Text.Empty);
        lines.Add(Numbers(snapshot));
        if (agent.Action.IsDiscrete)
        {
            lines.Add(Text.Empty);
            lines.Add(Policy(snapshot.Predicted));
        }
        return new Rows(lines);
    }

    private IRenderable Pictures(AgentSnapshot snapshot, ImageShape shape)
    {
        var lines = height - OtherLines - (agent.VectorSize > 0 ? 2 : 0) - Math.Min(agent.Action.IsDiscrete ? agent.Action.Size : 1, MostActions);
        var beside = PixelCanvas.Scale(shape, (width - Gap) / 2, lines - 1, isUnicode);
        var below = PixelCanvas.Scale(shape, width, (lines / 2) - 1, isUnicode);
        var scale = Math.Max(beside, below);
        IRenderable[] titles = [new Text("seen", Soft), new Text("decoded", Soft)];
        IRenderable[] canvases = [PixelCanvas.Draw(snapshot.Row.Image, shape, scale), PixelCanvas.Draw(snapshot.Predicted.Image, shape, scale)];
        return beside >= below
            ? Grid(2).AddRow(titles).AddRow(canvases)
            : new Rows(titles[0], canvases[0], titles[1], canvases[1]);
    }

    private Grid Numbers(AgentSnapshot snapshot)
    {
        var predicted = snapshot.Predicted;
        var grid = Grid(2);
        void Row(string name, string text) => grid.AddRow(new Text(name, Soft), new Text(text));
        if (agent.VectorSize > 0)
        {
            Row("seen", NumberText.Format(snapshot.Row.Vector!));
            Row("decoded", NumberText.Format(predicted.Vector));
        }
        Row("reward", $"{NumberText.Format(snapshot.Row.Reward)}, expected {NumberText.Format(predicted.Reward)}");
        Row("value", $"{NumberText.Format(predicted.Value)}, discount {NumberText.Format(predicted.Discount)}");
        Row("surprise", $"{NumberText.Format(snapshot.Surprise)} nats");
        if (!agent.Action.IsDiscrete)
        {
            Row("action", snapshot.Action(agent));
        }
        return grid;
    }

    private Grid Policy(ImaginedState predicted)
    {
        var names = agent.Action.Names!;
        var shown = predicted.ActionProbabilities.Index().OrderByDescending(action => action.Item).Take(MostActions).OrderBy(action => action.Index).ToArray();
        var room = width - names.Max(name => name.Length) - PercentWidth - (2 * Gap);
        var bar = Math.Clamp(room, 1, WidestBar);
        var grid = Grid(3);
        grid.Columns[2].RightAligned();
        foreach (var (action, probability) in shown)
        {
            var style = predicted.GreedyAction[action] > 0 ? Chosen : Style.Plain;
            var filled = (int)MathF.Round(bar * probability);
            grid.AddRow(
                new Text(names[action], style),
                new Text(new string(isUnicode ? '█' : '#', filled).PadRight(bar, isUnicode ? '░' : '.'), style),
                new Text($"{(100 * probability).ToString("F0", CultureInfo.InvariantCulture)} %", style));
        }
        return grid;
    }

    private static Grid Grid(int columns)
    {
        var grid = new Grid();
        for (var i = 0; i < columns; i++)
        {
            grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, i < columns - 1 ? Gap : 0, 0) });
        }
        return grid;
    }
}
