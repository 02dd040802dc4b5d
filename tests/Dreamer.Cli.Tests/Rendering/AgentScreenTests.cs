using Dreamer.Cli.Rendering;
using Dreamer.Cli.Tests.Repository;
using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;
using Spectre.Console;
using Xunit;

namespace Dreamer.Cli.Tests.Rendering;

public class AgentScreenTests
{
    [Theory]
    [InlineData("breakout", 100, 40)]
    [InlineData("breakout", 60, 24)]
    [InlineData("breakout", 40, 24)]
    [InlineData("catch", 40, 40)]
    [InlineData("grid-image", 40, 40)]
    [InlineData("grid-image", 80, 24)]
    [InlineData("pendulum", 40, 24)]
    public void All_is_on_the_screen(string name, int width, int height)
    {
        var (agent, snapshot) = Moment(name);

        var lines = Lines(new AgentScreen(agent, width, height, isUnicode: true), snapshot, width);

        // The cursor stands under it, and the result of the whole comes there.
        Assert.InRange(lines.Length, 4, height - 2);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        var text = string.Join('\n', lines);
        foreach (var part in (string[])["seen", "decoded", "step 3", "return 7.50", "reward", "expected", "value", "discount", "surprise", .. agent.Action.Names ?? ["action"]])
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
        Assert.Equal(agent.Image is not null, text.Contains('▀', StringComparison.Ordinal));
    }

    [Fact]
    public void Bars_are_as_long_as_actions_are_likely()
    {
        var (agent, snapshot) = Moment("catch");
        var believed = snapshot.Predicted with { ActionProbabilities = [0.1f, 0.6f, 0.3f], GreedyAction = [0, 1, 0] };

        var lines = Lines(new AgentScreen(agent, 80, 40, isUnicode: true), snapshot with { Predicted = believed }, 80)[^3..];

        Assert.Equal([3, 18, 9], lines.Select(line => line.Count(character => character == '█')));
        Assert.Equal(["10 %", "60 %", "30 %"], lines.Select(line => line.TrimEnd()[^4..]));
    }

    [Fact]
    public void A_terminal_without_blocks_gets_letters()
    {
        var (agent, snapshot) = Moment("catch");
        var text = string.Concat(Lines(new AgentScreen(agent, 60, 24, isUnicode: false), snapshot, 60, isUnicode: false));
        Assert.DoesNotContain(text, character => character > 127);
    }

    private static (AgentManifest Agent, AgentSnapshot Moment) Moment(string name)
    {
        using var agent = DreamerAgent.Load(RepositoryRoot.File("onnx", name));
        using var player = new AgentPlayer(
            agent,
            EnvironmentRegistry.Default.Create(agent.Manifest.Provenance.Environment, 1),
            new AgentPlayerOptions { Outputs = AgentOutputs.All | AgentOutputs.Imagination });
        AgentSnapshot? seen = null;
        using var enough = new CancellationTokenSource();
        player.RowPlayed = (row, session) =>
        {
            if (session.Step == 4)
            {
                seen = AgentSnapshot.Capture(row with { Image = row.Image?.ToArray(), Vector = row.Vector?.ToArray() }, session, 7.5);
                enough.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(() => player.PlayEpisode(enough.Token));
        return (agent.Manifest, seen!);
    }

    private static string[] Lines(AgentScreen screen, AgentSnapshot snapshot, int width, bool isUnicode = true)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        (console.Profile.Width, console.Profile.Capabilities.Unicode) = (width, isUnicode);
        console.Write(screen.Render(snapshot));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
