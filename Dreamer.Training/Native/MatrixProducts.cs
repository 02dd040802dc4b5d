using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Native;

/// <summary>Chooses the library for products of single-precision matrices on the CPU, for the whole process.</summary>
/// <remarks>
/// <para>
/// On AMD processors with AVX-512 (Zen 4 and later), MKL uses only AVX2. libtorch can send products to oneDNN, which uses AVX-512: one thread
/// goes from 97 to 222 GFLOP/s at 512x400x600. On AMD processors without AVX-512 nothing changes (93 GFLOP/s either way on Zen 3). On
/// Intel processors, where MKL uses AVX-512 itself, the route stays <see cref="MatrixRoute.Mkl"/>, libtorch's default; that was not measured.
/// </para>
/// <para>
/// The switch (<c>at::Context::setFloat32Precision</c>) has no binding in TorchSharp and would also allow oneDNN to round to bfloat16. It is
/// used only with the one TorchSharp version whose symbol and numbers these are, and only if products of several shapes are as exact as
/// single precision; otherwise the default stays, silently. The choice depends on the machine and never on a timing, so that a run is
/// reproducible. Linux on x64. Thread-safe, but not while torch computes.
/// </para>
/// </remarks>
internal static class MatrixProducts
{
    // The version that the symbols and numbers below belong to; it contains libtorch 2.10.
    private static readonly Version Supported = new(0, 107, 0, 0);

    // at::Float32Backend::MKLDNN, at::Float32Op::MATMUL, at::Float32Precision::NONE and BF16.
    private const int OneDnnBackend = 2;
    private const int MatrixOperation = 3;
    private const int DefaultPrecision = 0;
    private const int AnyPrecision = 3;
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetPrecision =
        "_ZN2at7Context19setFloat32PrecisionENS_14Float32BackendENS_9Float32OpENS_16Float32PrecisionE";

    // The error of single precision in sums of some hundred products is about 4e-7, that of bfloat16 3e-3.
    private const double LargestError = 2e-6;

    // Rows, inner size, columns: of single steps, of whole batches, and of weights' gradients.
    private static readonly (int Rows, int Inner, int Columns)[] Shapes =
        [(16, 600, 200), (64, 64, 64), (512, 400, 600), (600, 512, 400), (2560, 600, 100)];

    /// <summary>The route in use.</summary>
    public static MatrixRoute Route { get; private set; }

    /// <summary>Whether this machine's processor benefits from <see cref="MatrixRoute.OneDnn"/>.</summary>
    public static bool GainsByOneDnn { get; } =
        OperatingSystem.IsLinux() && Avx512F.IsSupported && CpuVendor() != "GenuineIntel";

    /// <summary>Switches to a route; to <see cref="MatrixRoute.OneDnn"/> only if it is available and exact.</summary>
    /// <returns>Whether the route is in use now; otherwise the other one is.</returns>
    public static bool TryUse(MatrixRoute route)
    {
        TorchRuntime.EnsureLoaded();
        return Switch(route);
    }

    /// <summary>Switches to the best route for this machine.</summary>
    internal static void UseBest() => Switch(GainsByOneDnn ? MatrixRoute.OneDnn : MatrixRoute.Mkl);

    private static bool Switch(MatrixRoute route)
    {
        Route = route == MatrixRoute.OneDnn && TrySetPrecision(AnyPrecision) && IsExact() ? MatrixRoute.OneDnn : MatrixRoute.Mkl;
        if (Route == MatrixRoute.Mkl)
        {
            TrySetPrecision(DefaultPrecision);
        }
        return Route == route;
    }

    /// <summary>Whether products are as exact as single precision, forward and in gradients.</summary>
    /// <remarks>
    /// On one thread: OpenMP keeps the threads of every caller that ever used more, and with more of them than cores its threads stop
    /// spinning, which made updates on two threads slower than on one.
    /// </remarks>
    internal static bool IsExact()
    {
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            return Shapes.All(shape => RelativeError(shape.Rows, shape.Inner, shape.Columns) <= LargestError);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>The error of a product against double precision, relative to its norm.</summary>
    private static double RelativeError(int rows, int inner, int columns)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var left = Known(rows, inner, 0.7f);
        var right = Known(inner, columns, 1.3f);
        var exact = left.to_type(ScalarType.Float64).matmul(right.to_type(ScalarType.Float64));
        var transposed = right.t().contiguous();
        var least = exact.norm().item<double>();
        return Math.Max(Error(left.matmul(right)), Error(nn.functional.linear(left, transposed)));

        double Error(Tensor product) => (product.to_type(ScalarType.Float64) - exact).norm().item<double>() / least;
    }

    // Not from torch's generator, whose state belongs to the caller.
    private static Tensor Known(int rows, int columns, float step)
    {
        var matrix = empty(rows, columns, ScalarType.Float32, CPU);
        var numbers = MemoryMarshal.Cast<byte, float>(matrix.bytes);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = MathF.Sin(i * step);
        }
        return matrix;
    }

    private static unsafe bool TrySetPrecision(int precision)
    {
        if (!OperatingSystem.IsLinux()
            || typeof(torch).Assembly.GetName().Version != Supported
            || TorchRuntime.CpuLibrary is not { } library
            || !NativeLibrary.TryGetExport(library, GlobalContext, out var context)
            || !NativeLibrary.TryGetExport(library, SetPrecision, out var set))
        {
            return false;
        }
        var getContext = (delegate* unmanaged<void*>)context;
        ((delegate* unmanaged<void*, int, int, int, void>)set)(getContext(), OneDnnBackend, MatrixOperation, precision);
        return true;
    }

    private static string CpuVendor()
    {
        if (!X86Base.IsSupported)
        {
            return "";
        }
        var (_, b, c, d) = X86Base.CpuId(0, 0);
        Span<int> letters = [b, d, c];
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes(letters));
    }
}
