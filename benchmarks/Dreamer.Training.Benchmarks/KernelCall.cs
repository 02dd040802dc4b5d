namespace Dreamer.Training.Benchmarks;

/// <summary>What most of an update's time must go to.</summary>
internal enum KernelClass
{
    /// <summary>Products of matrices.</summary>
    MatrixProducts,

    /// <summary>Convolutions and transposed ones.</summary>
    Convolutions,
}

/// <summary>One kernel of an update, at one shape.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Shape">Its shape, in words.</param>
/// <param name="Flops">Multiplications and additions of one call.</param>
/// <param name="Calls">How often an update calls it.</param>
/// <param name="Prepare">Makes its inputs; what it gives runs the kernel once.</param>
internal sealed record KernelCall(KernelClass Class, string Shape, double Flops, double Calls, Func<Action> Prepare);
