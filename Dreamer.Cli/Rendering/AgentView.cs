using Dreamer.Inference;
using Dreamer.Training.Environments;
using Spectre.Console;

namespace Dreamer.Cli.Rendering;

/// <summary>Shows what an agent observes and predicts: a live screen in a terminal, one line per step elsewhere.</summary>
internal sealed class AgentView
{
    private readonly IAnsiConsole _console;
    private readonly AgentManifest _agent;
    private readonly LiveDisplayContext? _live;
    private double _return;

    private AgentView(IAnsiConsole console, AgentManifest agent, LiveDisplayContext? live)
    {
        (_console, _agent, _live) = (console, agent, live);
    }

    /// <summary>Whether each snapshot replaces the previous one on the screen.</summary>
    internal bool IsLive => _live is not null;

    /// <summary>Shows an agent for as long as it plays.</summary>
    /// <param name="console">The console to write to.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="play">Plays the agent and passes each row to the view.</param>
    internal static async Task<T> ShowAsync<T>(IAnsiConsole console, AgentManifest agent, Func<AgentView, Task<T>> play) =>
        console.Profile.Capabilities.Ansi && console.Profile.Out.IsTerminal
            ? await console.Live(Text.Empty).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom)
                .StartAsync(live => play(new AgentView(console, agent, live)))
            : await play(new AgentView(console, agent, null));

    /// <summary>Shows a row.</summary>
    /// <param name="row">The row observed.</param>
    /// <param name="session">The session that just acted on it, with all outputs and imagination.</param>
    internal void Show(EnvironmentStep row, AgentSession session)
    {
        _return = row.IsFirst ? 0 : _return + row.Reward;
        var snapshot = AgentSnapshot.Capture(row, session, _return);
        if (_live is null)
        {
            _console.WriteLine(Line(snapshot));
            return;
        }
        // Ask for the size every time, because the terminal may be resized.
        _live.UpdateTarget(new AgentScreen(_agent, _console.Profile.Width, _console.Profile.Height, _console.Profile.Capabilities.Unicode).Render(snapshot));
    }

    private string Line(AgentSnapshot snapshot) =>
        $"{snapshot.Episode} step {snapshot.Step,3}  reward {NumberText.Format(snapshot.Row.Reward),5}  predicted {NumberText.Format(snapshot.Predicted.Reward),5}  " +
        $"discount {NumberText.Format(snapshot.Predicted.Discount)}  value {NumberText.Format(snapshot.Predicted.Value),5}  surprise {NumberText.Format(snapshot.Surprise),5}  -> {snapshot.Action(_agent)}";
}
