using Dreamer.Training.Tracing;

namespace Dreamer.Training.Behavior;

/// <summary>Imagined states as the critic's loss reads them, one per row; none has a gradient.</summary>
/// <param name="Latents">[rows, latent].</param>
/// <param name="Returns">[rows, 1], the return of the state.</param>
/// <param name="Weights">[rows], how likely the state is reached at all.</param>
internal sealed record CriticRows(Traced Latents, Traced Returns, Traced Weights);
