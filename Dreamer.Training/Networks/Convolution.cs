using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>A convolution with a bias; followed by the normalization of each pixel's channels and the activation of its style.</summary>
internal sealed class Convolution : Network
{
    private readonly ConvolutionPlan _plan;
    private readonly LayerStyle _style;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter? _bias;

    [ComponentName(Name = "norm")]
    private readonly LayerNorm? _norm;

    public Convolution(ConvolutionPlan plan, LayerStyle style)
        : base(nameof(Convolution))
    {
        (_plan, _style) = (plan, style);
        _weight = Initialization.GlorotUniform(plan.Outputs, plan.Inputs, plan.Kernel.Height, plan.Kernel.Width);
        _bias = style.CreateBias(plan.Outputs);
        _norm = style.CreateNorm(plan.Outputs);
        RegisterComponents();
    }

    /// <summary>[batch, outputs, height, width] from [batch, inputs, height, width].</summary>
    public Traced Forward(Traced input)
    {
        var output = input.Conv2d(_weight, _bias, _plan.Stride, _plan.Padding);
        // Keras keeps the channels last, and normalizes them.
        return _style.Activate(_norm?.Forward(output.Permute(0, 2, 3, 1)).Permute(0, 3, 1, 2) ?? output);
    }
}
