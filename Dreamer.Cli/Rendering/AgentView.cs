using Dreamer.Inference;
using Dreamer.Training.Environments;
using Spectre.Console;

namespace Dreamer.Cli.Rendering;

/// <summary>Shows what an agent sees and thinks: a picture that is drawn over in a terminal, a line a step elsewhere.</summary>
internal sealed class AgentView(IAnsiConsole console, AgentManifest agent)
{
    private int _drawnLines;

    /// <summary>Whether frames replace each other on the screen.</summary>
    internal bool IsLive => console.Profile.Capabilities.Ansi && console.Profile.Out.IsTerminal;

    internal void Show(EnvironmentStep row, AgentSession session)
    {
        var action = agent.Action.IsDiscrete ? agent.Action.Names![session.ActionProbabilities.IndexOfMaximum()] : "";
        var text =
            $"{session.EpisodeId} step {session.Step - 1,3}  reward {row.Reward,5:F2}  predicted {session.Reward,5:F2}  " +
            $"discount {session.Discount:F2}  value {session.Value,5:F2}  surprise {session.Surprise,5:F2}  -> {action}";
        if (!IsLive || agent.Image is not { } shape)
        {
            console.WriteLine(text);
            return;
        }

        if (_drawnLines > 0 && !row.IsFirst)
        {
            console.Cursor.MoveUp(_drawnLines);
        }
        console.Write(Picture(row.Image, shape));
        console.Write(new Text(text.PadRight(Math.Max(console.Profile.Width - 1, text.Length)) + Environment.NewLine));
        _drawnLines = shape.Height + 1;
    }

    private static Canvas Picture(ReadOnlySpan<byte> image, ImageShape shape)
    {
        var canvas = new Canvas(shape.Width, shape.Height);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var color = PixelColor.Of(image.Slice(((y * shape.Width) + x) * shape.Channels, shape.Channels));
                canvas.SetPixel(x, y, new Color(color.Red, color.Green, color.Blue));
            }
        }
        return canvas;
    }
}
