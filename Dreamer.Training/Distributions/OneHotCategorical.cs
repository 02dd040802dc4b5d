using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.Distributions;

/// <summary>Several independent categorical distributions side by side, whose samples are one-hot.</summary>
/// <remarks>
/// Logits need not be normalized. A batch of them is [batch, rows * classes], row after row; so are samples and noise. Immutable
/// and thread-safe.
/// </remarks>
/// <param name="Rows">How many categoricals.</param>
/// <param name="Classes">How many outcomes each has.</param>
/// <param name="Unimix">
/// The share of the uniform distribution in every categorical, in [0, 1), so that no outcome is ever impossible; DreamerV3's is 0.01
/// (Hafner et al. 2023).
/// </param>
internal sealed record OneHotCategorical(int Rows, int Classes, float Unimix = 0) : ILatentDistribution
{
    /// <summary>Numbers in one sample: <c>Rows * Classes</c>.</summary>
    public int Size => Rows * Classes;

    /// <inheritdoc/>
    /// <remarks>Logits, as many as numbers in a sample.</remarks>
    public int StatisticsSize => Size;

    /// <summary>The logits: the network's outputs, or the logarithms of their probabilities mixed with uniform ones.</summary>
    /// <param name="outputs">[batch, rows * classes].</param>
    /// <returns>[batch, rows * classes].</returns>
    public Traced Statistics(Traced outputs) => Unimix == 0
        ? outputs
        : (ByRow(outputs).Softmax(-1) * (1 - Unimix) + Unimix / Classes).Log().Reshape(-1, Size);

    /// <summary>
    /// Samples by Gumbel-argmax: the class of the greatest logit - ln(-ln(u)). Noise of 0.5 everywhere gives the mode.
    /// </summary>
    /// <param name="statistics">[batch, rows * classes], the logits.</param>
    /// <param name="noise">[batch, rows * classes], uniform in (0, 1).</param>
    /// <returns>
    /// [batch, rows * classes]. If gradients are on, the gradient of the sample is that of the probabilities
    /// (straight-through; Bengio et al. 2013).
    /// </returns>
    public Traced Sample(Traced statistics, Traced noise)
    {
        var sample = Tracer.Current is null && CategoricalSampler.Reads(statistics)
            ? Traced.FromTensor(CategoricalSampler.Sample(statistics, noise, Classes))
            : GumbelArgMax(statistics, noise);
        if (is_grad_enabled())
        {
            var probabilities = ByRow(statistics).Softmax(-1).Reshape(-1, Size);
            sample += probabilities - Traced.FromTensor(probabilities.Value.detach());
        }
        return sample;
    }

    /// <summary>The tensor operations for other devices and for graphs; <see cref="CategoricalSampler"/> is faster.</summary>
    internal Traced GumbelArgMax(Traced statistics, Traced noise) =>
        ByRow(statistics + noise.Gumbel()).ArgMax().OneHot(Classes).Reshape(-1, Size);

    /// <summary>The most probable outcome of each categorical, without a gradient.</summary>
    /// <param name="statistics">[batch, rows * classes], the logits.</param>
    /// <returns>[batch, rows * classes], one-hot.</returns>
    public Traced Mode(Traced statistics) => Tracer.Current is null && CategoricalSampler.Reads(statistics)
        ? Traced.FromTensor(CategoricalSampler.Mode(statistics, Classes))
        : ByRow(statistics).ArgMax().OneHot(Classes).Reshape(-1, Size);

    /// <summary>The Kullback-Leibler divergence KL(p || q) in nats, summed over the categoricals.</summary>
    /// <param name="p">[batch, rows * classes], the logits of p: the posterior's, for the model's loss and for surprise.</param>
    /// <param name="q">[batch, rows * classes], the logits of q: the prior's.</param>
    /// <returns>[batch, 1].</returns>
    public Traced Kl(Traced p, Traced q)
    {
        var logP = ByRow(p).LogSoftmax(-1);
        var logQ = ByRow(q).LogSoftmax(-1);
        return SumByBatch(logP.Exp() * (logP - logQ));
    }

    /// <summary>The entropy in nats, summed over the categoricals.</summary>
    /// <param name="statistics">[batch, rows * classes], the logits.</param>
    /// <returns>[batch, 1].</returns>
    public Traced Entropy(Traced statistics)
    {
        var log = ByRow(statistics).LogSoftmax(-1);
        return -SumByBatch(log.Exp() * log);
    }

    /// <summary>The logarithm of the probability of an outcome, summed over the categoricals.</summary>
    /// <param name="statistics">[batch, rows * classes], the logits.</param>
    /// <param name="outcome">[batch, rows * classes], one-hot.</param>
    /// <returns>[batch, 1].</returns>
    public Traced LogProbability(Traced statistics, Traced outcome) => SumByBatch(ByRow(statistics).LogSoftmax(-1) * ByRow(outcome));

    private Traced ByRow(Traced values) => values.Reshape(-1, Rows, Classes);

    private Traced SumByBatch(Traced values) => values.Reshape(-1, Size).SumRow(Size);
}
