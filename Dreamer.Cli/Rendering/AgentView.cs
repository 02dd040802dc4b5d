using Dreamer.Inference;
using Dreamer.Training.Environments;
using Spectre.Console;

namespace Dreamer.Cli.Rendering;

/// <summary>Shows what an agent sees and thinks: a screen that is drawn over in a terminal, a line a step elsewhere.</summary>
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

    /// <summary>Whether moments replace each other on the screen.</summary>
    internal bool IsLive => _live is not null;

    /// <summary>Shows an agent at play from its beginning to its end.</summary>
    /// <param name="console">Where.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="play">Lets it play, given what shows it.</param>
    internal static async Task<T> ShowAsync<T>(IAnsiConsole console, AgentManifest agent, Func<AgentView, Task<T>> play) =>
        console.Profile.Capabilities.Ansi && console.Profile.Out.IsTerminal
            ? await console.Live(Text.Empty).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom)
                .StartAsync(live => play(new AgentView(console, agent, live)))
            : await play(new AgentView(console, agent, null));

    /// <summary>Shows a row.</summary>
    /// <param name="row">What was seen.</param>
    /// <param name="session">Who has just acted on it: with all outputs, and able to imagine.</param>
    internal void Show(EnvironmentStep row, AgentSession session)
    {
        _return = row.IsFirst ? 0 : _return + row.Reward;
        var moment = AgentMoment.Of(row, session, _return);
        if (_live is null)
        {
            _console.WriteLine(Line(moment));
            return;
        }
        // The terminal's size is asked for each time: it may be drawn larger or smaller meanwhile.
        _live.UpdateTarget(new AgentScreen(_agent, _console.Profile.Width, _console.Profile.Height, _console.Profile.Capabilities.Unicode).Of(moment));
    }

    private string Line(AgentMoment moment) =>
        $"{moment.Episode} step {moment.Step,3}  reward {FewNumbers.Text(moment.Row.Reward),5}  predicted {FewNumbers.Text(moment.Believed.Reward),5}  " +
        $"discount {FewNumbers.Text(moment.Believed.Discount)}  value {FewNumbers.Text(moment.Believed.Value),5}  surprise {FewNumbers.Text(moment.Surprise),5}  -> {moment.Action(_agent)}";
}
