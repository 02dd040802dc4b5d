namespace Dreamer.Training.Native;

/// <summary>The library for products of single-precision matrices on the CPU.</summary>
internal enum MatrixRoute
{
    /// <summary>MKL, libtorch's default.</summary>
    Mkl,

    /// <summary>oneDNN.</summary>
    OneDnn,
}
