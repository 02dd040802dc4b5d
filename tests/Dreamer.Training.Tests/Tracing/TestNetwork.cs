using Dreamer.Training.Networks;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Tests.Tracing;

/// <summary>Parameters of given shapes, and nothing that uses them.</summary>
internal sealed class TestNetwork : Network
{
    [ComponentName(Name = "weights")]
    private readonly ParameterList _weights = new();

    public TestNetwork(params long[][] shapes)
        : base(nameof(TestNetwork))
    {
        foreach (var shape in shapes)
        {
            _weights.Add(new Parameter(torch.randn(shape)));
        }
        RegisterComponents();
    }

    public torch.Tensor this[int index] => _weights[index];
}
