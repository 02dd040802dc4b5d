using TorchSharp;

namespace Dreamer.Training.WorldModel;

/// <summary>The states that the recurrent model infers from recorded sequences, with gradients; rows are time-major.</summary>
/// <param name="Latents">[T * B, latent], stoch first.</param>
/// <param name="Posterior">[T * B, statistics] of the posterior of each row.</param>
/// <param name="Prior">[T * B, statistics] of the prior of each row.</param>
internal sealed record ObservedSequences(torch.Tensor Latents, torch.Tensor Posterior, torch.Tensor Prior);
