using Dreamer.Training.Distributions;

namespace Dreamer.Training.Export;

/// <summary>Says that an output of a graph starts with one-hot samples, and how they are drawn.</summary>
/// <param name="Output">The output; its first numbers in each row are the sample.</param>
/// <param name="Distribution">What it is a sample of.</param>
/// <param name="Logits">The output of the same graph that holds the logits.</param>
/// <param name="Noise">The input of the same graph that holds the noise; null where the sample is the mode.</param>
internal sealed record SampledOutput(string Output, OneHotCategorical Distribution, string Logits, string? Noise);
