using Dreamer.Training.Tracing;

namespace Dreamer.Training.Distributions;

/// <summary>A distribution of stochastic latent states: two of them have a divergence in closed form.</summary>
/// <inheritdoc cref="IDistribution" path="/remarks"/>
internal interface ILatentDistribution : IDistribution
{
    /// <summary>The Kullback-Leibler divergence KL(p || q) in nats.</summary>
    /// <param name="p">[batch, statistics] of p: the posterior, for the model's loss and for surprise.</param>
    /// <param name="q">[batch, statistics] of q: the prior.</param>
    /// <returns>[batch, 1].</returns>
    Traced Kl(Traced p, Traced q);
}
