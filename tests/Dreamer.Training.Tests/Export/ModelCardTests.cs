using System.Globalization;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Xunit;

namespace Dreamer.Training.Tests.Export;

public sealed class ModelCardTests
{
    [Fact]
    public void A_card_names_its_algorithm_and_reads_alike_in_every_culture()
    {
        using var agent = new TestAgent(new ObservationSpace(null, 3), actions: ActionSpace.Continuous([-1.5f], [1.5f]));
        var manifest = agent.Export() with { Algorithm = "dreamerv3" };
        var sizes = manifest.Graphs.ToDictionary(graph => graph.File, _ => 1_234_567);
        var card = ModelCard.Write(manifest, sizes);
        Assert.Contains("A DreamerV3 agent for", card, StringComparison.Ordinal);
        Assert.Contains("from [-1.5] to [1.5]", card, StringComparison.Ordinal);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            Assert.Equal(card, ModelCard.Write(manifest, sizes));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
