using System.Runtime.Intrinsics;

namespace Dreamer.Training.Kernels;

/// <summary>A function of one number, sixteen at a time, whose derivative is a function of its value.</summary>
internal interface IElementwiseKernel
{
    /// <summary>The function.</summary>
    static abstract Vector512<float> Value(Vector512<float> x);

    /// <summary>The derivative, from the function's value.</summary>
    static abstract Vector512<float> Slope(Vector512<float> value);
}
