using Dreamer.Training.Distributions;

namespace Dreamer.Training.Export;

/// <summary>Marks an output of a graph that starts with one-hot samples.</summary>
/// <param name="Output">The output; its first numbers in each row are the sample.</param>
/// <param name="Distribution">The distribution of the sample.</param>
/// <param name="Logits">The output of the same graph that holds the logits.</param>
/// <param name="Noise">The input of the same graph that holds the noise; null if the sample is the mode.</param>
internal sealed record SampledOutput(string Output, OneHotCategorical Distribution, string Logits, string? Noise);
