using Dreamer.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Networks;

/// <summary>A network: a TorchSharp module whose parameters have stable paths.</summary>
/// <remarks>
/// The path of a parameter (as in <c>rssm.gru.kernel.weight</c>) names it in checkpoints and in exported graphs; it is fixed by a
/// <c>ComponentName</c> attribute on the field, so that a field can be renamed. Weights start as Keras starts them (Glorot
/// uniform kernels, zero biases), drawn from TorchSharp's global generator: seed it with <c>torch.manual_seed</c> before.
/// Not thread-safe while it is trained; evaluating it without gradients is.
/// </remarks>
internal abstract class Network : nn.Module
{
    static Network() => TorchRuntime.EnsureLoaded();

    /// <summary>Starts a network; derived constructors end with <c>RegisterComponents</c>.</summary>
    /// <param name="name">The module's name in TorchSharp.</param>
    protected Network(string name)
        : base(name)
    {
    }

    /// <summary>The number of learned parameters.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Copies the parameters of another network of the same shape, for example to a target network.</summary>
    /// <param name="source">The network to copy from.</param>
    /// <exception cref="ArgumentException">The networks differ in the names or shapes of their parameters.</exception>
    public void CopyParametersFrom(Network source) => MoveParametersTowards(source, 1);

    /// <summary>Moves the parameters of this network towards those of another of the same shape.</summary>
    /// <param name="source">The network to move to.</param>
    /// <param name="fraction">The fraction of the way, from 0 to 1; 1 copies.</param>
    /// <exception cref="ArgumentException">The networks differ in the names or shapes of their parameters.</exception>
    public void MoveParametersTowards(Network source, double fraction)
    {
        var theirs = source.named_parameters().ToDictionary(p => p.name, p => p.parameter, StringComparer.Ordinal);
        var ours = named_parameters().ToList();
        if (ours.Count != theirs.Count || ours.Any(p => !theirs.TryGetValue(p.name, out var t) || !p.parameter.shape.SequenceEqual(t.shape)))
        {
            throw new ArgumentException($"The parameters of '{source.GetName()}' differ from those of '{GetName()}'.", nameof(source));
        }
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (name, parameter) in ours)
        {
            if (fraction >= 1)
            {
                parameter.copy_(theirs[name]);
                continue;
            }
            parameter.mul_(Scalars.Kept((float)(1 - fraction))).add_(theirs[name], Scalars.Kept((float)fraction));
        }
    }
}
