namespace Dreamer.Training.Networks;

/// <summary>Stops the accumulation of gradients in networks until disposal; gradients still pass through them.</summary>
internal sealed class FrozenParameters : IDisposable
{
    private readonly TorchSharp.Modules.Parameter[] _parameters;

    public FrozenParameters(params IEnumerable<Network> networks)
    {
        _parameters = [.. networks.SelectMany(network => network.parameters()).Where(parameter => parameter.requires_grad)];
        Set(false);
    }

    public void Dispose() => Set(true);

    private void Set(bool requiresGradient)
    {
        foreach (var parameter in _parameters)
        {
            parameter.requires_grad = requiresGradient;
        }
    }
}
