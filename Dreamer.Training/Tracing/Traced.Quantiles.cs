using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    // The greatest float below 1; at 1 the inverse is infinite.
    private const float LargestBelowOne = 1 - 1f / (1 << 24);
    private const float Sqrt2 = 1.41421356f;

    private static readonly float HalfSqrtPi = (float)(Math.Sqrt(Math.PI) / 2);

    // erfinv(x) / x as a quotient of polynomials in w = -ln(1 - x^2), lowest power first: a minimax fit of the relative error, which is
    // 2e-8, for w up to 16.5, so for every float between -1 and 1. All coefficients are positive: nothing is lost to cancellation, and
    // what rounding adds in single precision leaves a relative error below 4e-7.
    private static readonly float[] InverseErfNumerator =
        [0.886226952f, 0.307340086f, 0.0597989187f, 0.00779442908f, 0.000645888445f, 2.39370529e-05f];

    private static readonly float[] InverseErfDenominator =
        [1, 0.0849972144f, 0.0321895443f, 0.00189839327f, 0.00017811927f, 1.26251462e-06f];

    /// <summary>The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    public Traced Erf() => ByWholePackets(static x => Op("Erf", x.Value.erf(), x));

    /// <summary>The inverse of the error function, for numbers in [-1, 1]; the ends are replaced by the nearest floats between them.</summary>
    /// <remarks>Odd to the last bit, and 0 at 0. The gradient is the inverse's own, not that of the approximation.</remarks>
    public Traced InverseErf()
    {
        if (!is_grad_enabled() || !Value.requires_grad)
        {
            return ApproximateInverseErf(this);
        }
        Traced result, slope;
        using (no_grad())
        {
            result = ApproximateInverseErf(this);
            slope = (result * result).Exp() * HalfSqrtPi;
        }
        return result + slope * (this - FromTensor(Value.detach()));
    }

    /// <summary>The quantiles of the standard normal distribution, of numbers in (0, 1); that of 0.5 is 0.</summary>
    public Traced NormalQuantile()
    {
        // sqrt(2) * erfinv(2u - 1), computed from u, which is more precise at the lower end than 2u - 1.
        var u = Clamp(1f / (1 << 25), LargestBelowOne);
        return InverseErf(u * 2 - 1, u * (1 - u) * 4) * Sqrt2;
    }

    private static Traced ApproximateInverseErf(Traced value)
    {
        var x = value.Clamp(-LargestBelowOne, LargestBelowOne);
        return InverseErf(x, (1 - x) * (x + 1));
    }

    private static Traced InverseErf(Traced x, Traced oneLessSquare)
    {
        var w = -oneLessSquare.Log();
        return x * (Polynomial(InverseErfNumerator, w) / Polynomial(InverseErfDenominator, w));
    }

    private static Traced Polynomial(float[] coefficients, Traced x)
    {
        var sum = x * coefficients[^1];
        for (var i = coefficients.Length - 2; i > 0; i--)
        {
            sum = (sum + coefficients[i]) * x;
        }
        return sum + coefficients[0];
    }
}
