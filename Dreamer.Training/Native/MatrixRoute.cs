namespace Dreamer.Training.Native;

/// <summary>Which library computes products of single-precision matrices on the CPU.</summary>
internal enum MatrixRoute
{
    /// <summary>MKL, libtorch's own choice.</summary>
    Mkl,

    /// <summary>oneDNN.</summary>
    OneDnn,
}
