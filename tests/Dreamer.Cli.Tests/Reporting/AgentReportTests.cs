using Dreamer.Cli.Reporting;
using Dreamer.Inference;
using Dreamer.Training.Environments;
using SkiaSharp;
using Xunit;

namespace Dreamer.Cli.Tests.Reporting;

public class AgentReportTests
{
    private static readonly string Catch = CommandLine.Agent;

    [Fact]
    public void Shows_what_a_trained_agent_expects_of_each_action_and_how_it_goes_on_by_itself()
    {
        using var agent = DreamerAgent.Load(Catch);
        var environment = EnvironmentRegistry.Default.Create("catch", 3);

        var report = AgentReport.Create(agent, environment, [], new() { Episodes = 2, Frames = 12 }, TestContext.Current.CancellationToken);

        Assert.Equal(12, report.Frames.Count);
        Assert.Equal(2, report.Frames.Select(frame => frame.Episode).Distinct().Count());
        Assert.All(report.Frames, frame => Assert.Equal(1, frame.Actions.Sum(action => action.Probability), 3));
        // Catch says nothing that a trained model does not foresee once it has seen where the ball is: the last row's reward too.
        Assert.Equal(10, report.Film!.Frames.Count);
        Assert.Equal(report.Film.Frames[^1].Received, report.Film.Frames[^1].Predicted, 0.2);
        Assert.Equal(["How far imagination can be trusted", "Surprise", "Rewards and values", "Latent usage"], report.Analyses.Select(section => section.Heading));
        Assert.Contains("\"film\"", HtmlReport.ToHtml(report), StringComparison.Ordinal);

        using var picture = SKBitmap.Decode(PerActionPicture.ToPng(report.Frames[0]));
        Assert.True(picture.Width > picture.Height);
    }

    [Fact]
    public void A_trained_model_is_nearer_the_truth_than_the_last_frame()
    {
        using var agent = DreamerAgent.Load(Catch);
        using var imagination = agent.CreateImagination(1);
        var traces = EpisodeTraces.Play(
            agent, EnvironmentRegistry.Default.Create("catch", 3), 3, 1, (_, _) => { }, TestContext.Current.CancellationToken);

        var errors = OpenLoop.Errors(imagination, traces);

        Assert.Equal([1, 2, 3, 4, 5], errors.Select(error => error.Steps));
        Assert.All(errors, error => Assert.InRange(error.Model, 0, error.Baseline));
    }
}
