using System.Numerics.Tensors;

namespace Dreamer.Inference.Stepping;

/// <summary>Probabilities of logits.</summary>
internal static class Softmax
{
    /// <summary>Computes exp(logit) over the sum of all; the largest logit is subtracted first, so that nothing overflows.</summary>
    internal static void Compute(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), probabilities);
        TensorPrimitives.Exp(probabilities, probabilities);
        TensorPrimitives.Divide(probabilities, TensorPrimitives.Sum<float>(probabilities), probabilities);
    }
}
