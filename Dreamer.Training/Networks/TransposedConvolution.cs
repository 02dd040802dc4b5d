using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>A transposed convolution with a bias and no activation.</summary>
internal sealed class TransposedConvolution : Network
{
    private readonly ConvolutionPlan _plan;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public TransposedConvolution(ConvolutionPlan plan)
        : base(nameof(TransposedConvolution))
    {
        _plan = plan;
        _weight = Initialization.GlorotUniform(plan.Inputs, plan.Outputs, plan.Kernel.Height, plan.Kernel.Width);
        _bias = Initialization.Zeros(plan.Outputs);
        RegisterComponents();
    }

    /// <summary>[batch, outputs, height, width] from [batch, inputs, height, width].</summary>
    public Traced Forward(Traced input) => input.ConvTranspose2d(_weight, _bias, _plan.Stride, _plan.Padding);
}
