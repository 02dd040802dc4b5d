using Dreamer.Training.Kernels;
using Dreamer.Training.Native;
using static TorchSharp.torch.nn;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    /// <summary>The exponential linear unit with alpha 1: x if positive, else e^x - 1.</summary>
    public Traced Elu() => ByWholePackets(static x => Op(
        "Elu",
        ElementwiseFunction.Reads(x.Value)
            ? ElementwiseFunction.Apply<EluKernel>(x.Value)
            : x.Value.elu(Scalars.One, Scalars.One, Scalars.One),
        x,
        ("alpha", 1f)));

    /// <summary>The rectifier: x if positive, else 0.</summary>
    public Traced Relu() => Op("Relu", MetaDevice.Holds(Value) ? MetaDevice.Relu(Value) : Value.relu(), this);

    /// <summary>The sigmoid linear unit, x * sigmoid(x).</summary>
    public Traced Silu() => Tracer.Current is null ? new Traced(functional.silu(Value)) : this * Sigmoid();

    /// <summary>sign(x) ln(1 + |x|): linear near 0, logarithmic far from it (Hafner et al. 2023, equation 9).</summary>
    public Traced Symlog() => (Relu() + 1).Log() - ((-this).Relu() + 1).Log();

    /// <summary>The inverse of <see cref="Symlog"/>: sign(x) (e^|x| - 1).</summary>
    public Traced Symexp() => Relu().Exp() - (-this).Relu().Exp();

    /// <summary>The smooth rectifier, ln(1 + e^x), without overflow.</summary>
    public Traced Softplus()
    {
        var positive = Relu();
        // x - 2 max(x, 0) is -|x|.
        return positive + ((this - positive * 2).Exp() + 1).Log();
    }

    /// <summary>The hyperbolic tangent.</summary>
    public Traced Tanh() => Op(
        "Tanh", ElementwiseFunction.Reads(Value) ? ElementwiseFunction.Apply<TanhKernel>(Value) : Value.tanh(), this);

    /// <summary>The logistic function, 1 / (1 + e^-x).</summary>
    public Traced Sigmoid() => Op("Sigmoid", Value.sigmoid(), this);

    /// <summary>Probabilities from logits along a dimension.</summary>
    /// <param name="dimension">Which dimension; negative ones count from the last.</param>
    public Traced Softmax(long dimension) => Op("Softmax", functional.softmax(Value, dimension), this, ("axis", dimension));

    /// <summary>Logarithms of probabilities from logits along a dimension.</summary>
    /// <param name="dimension">Which dimension; negative ones count from the last.</param>
    public Traced LogSoftmax(long dimension) => Op("LogSoftmax", functional.log_softmax(Value, dimension), this, ("axis", dimension));
}
