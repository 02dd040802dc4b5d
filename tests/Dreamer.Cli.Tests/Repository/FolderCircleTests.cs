using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>Inside a project, folders use each other in one direction only.</summary>
public class FolderCircleTests
{
    [Theory]
    [InlineData("Dreamer.Training")]
    [InlineData("dreamer")]
    [InlineData("Dreamer.Inference")]
    [InlineData("Dreamer.Serving")]
    [InlineData("Dreamer.MLNet")]
    public void Folders_form_no_circle(string assembly) => Assert.Empty(FolderGraph.Read(assembly).Circles());

    [Fact]
    public void Uses_are_read_from_signatures_and_method_bodies()
    {
        var graph = FolderGraph.Read("Dreamer.Training");
        Assert.Contains("AgentLearner -> ReplayBuffer", graph.Uses("Runs", "Replay"));
        Assert.Contains("DreamerTrainer -> ExperienceCollector", graph.Uses(".", "Runs"));
        Assert.Empty(graph.Uses("Replay", "Runs"));
    }

    [Fact]
    public void A_circle_is_reported_with_the_types_that_form_it() => Assert.Equal(
        ["a uses b: One -> Two, Three -> Two", "b uses c: Two -> Four", "c uses a: Four -> One"],
        FolderGraph.FromUses(
        [
            ("a", "b", "Three -> Two"), ("a", "b", "One -> Two"), ("b", "c", "Two -> Four"), ("c", "a", "Four -> One"), ("a", "d", "One -> Five"),
        ]).Circles());
}
