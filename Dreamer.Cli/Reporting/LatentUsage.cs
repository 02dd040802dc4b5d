using System.Globalization;
using System.Text;
using Dreamer.Inference;

namespace Dreamer.Cli.Reporting;

/// <summary>How often an agent uses each class of its categorical latents.</summary>
internal static class LatentUsage
{
    private const double Cell = 10;
    private const double Margin = 40;
    private const double Scale = 1.6;

    /// <summary>Computes the share of rows in which each class was drawn: [stoch, classes].</summary>
    internal static double[,] Frequencies(LatentManifest latent, IEnumerable<float[]> rows)
    {
        var (counts, total) = (new double[latent.Stoch, latent.Classes], 0);
        foreach (var row in rows)
        {
            total++;
            for (var i = 0; i < latent.Stoch * latent.Classes; i++)
            {
                counts[i / latent.Classes, i % latent.Classes] += row[i];
            }
        }
        for (var i = 0; i < counts.Length && total > 0; i++)
        {
            counts[i / latent.Classes, i % latent.Classes] /= total;
        }
        return counts;
    }

    /// <summary>Draws one row per categorical and one cell per class, darker the more often it is drawn, with the row's perplexity next to it.</summary>
    internal static string ToSvg(double[,] frequencies)
    {
        var (stoch, classes) = (frequencies.GetLength(0), frequencies.GetLength(1));
        var svg = new StringBuilder();
        var (width, height) = ((classes * Cell) + Margin, stoch * Cell);
        svg.Append(Invariant($"<svg class=\"usage\" style=\"max-width:{width * Scale:F0}px\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"How often each class of each categorical is drawn\">"));
        for (var row = 0; row < stoch; row++)
        {
            for (var column = 0; column < classes; column++)
            {
                var share = frequencies[row, column];
                svg.Append(Invariant($"<rect x=\"{column * Cell}\" y=\"{row * Cell}\" width=\"{Cell - 1}\" height=\"{Cell - 1}\" fill-opacity=\"{Math.Sqrt(share):F2}\"><title>categorical {row + 1}, class {column + 1}: {share:P1}</title></rect>"));
            }
            svg.Append(Invariant($"<text x=\"{(classes * Cell) + 6}\" y=\"{((row + 1) * Cell) - 2}\">{Perplexity(frequencies, row):F1}</text>"));
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>The effective number of classes of a categorical: 2 to the power of the entropy of their frequencies.</summary>
    internal static double Perplexity(double[,] frequencies, int row)
    {
        var bits = 0.0;
        for (var column = 0; column < frequencies.GetLength(1); column++)
        {
            var share = frequencies[row, column];
            bits -= share > 0 ? share * Math.Log2(share) : 0;
        }
        return Math.Pow(2, bits);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
