using System.Xml.Linq;
using Dreamer.Cli.Reporting;
using Dreamer.Inference;
using Xunit;

namespace Dreamer.Cli.Tests.Reporting;

public class LatentUsageTests
{
    [Fact]
    public void Counts_classes_and_says_how_many_are_used_in_effect()
    {
        using var agent = DreamerAgent.Load(CommandLine.Agent);
        var latent = agent.Manifest.Latent;
        float[] Row(int hot)
        {
            var row = new float[latent.Size];
            for (var i = 0; i < latent.Stoch; i++)
            {
                row[(i * latent.Classes) + (i == 0 ? hot : 1)] = 1;
            }
            return row;
        }

        var frequencies = LatentUsage.Frequencies(latent, [Row(0), Row(2), Row(0), Row(2)]);

        Assert.Equal(0.5, frequencies[0, 0]);
        Assert.Equal(0.5, frequencies[0, 2]);
        Assert.Equal(1, frequencies[1, 1]);
        Assert.Equal(2, LatentUsage.Perplexity(frequencies, 0), 6);
        Assert.Equal(1, LatentUsage.Perplexity(frequencies, 1), 6);
        Assert.Equal(latent.Stoch * latent.Classes, XElement.Parse(LatentUsage.ToSvg(frequencies)).Elements("rect").Count());
    }
}
