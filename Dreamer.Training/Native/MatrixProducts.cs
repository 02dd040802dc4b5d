using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Native;

/// <summary>Chooses which library computes products of single-precision matrices on the CPU, for the whole process.</summary>
/// <remarks>
/// <para>
/// MKL leaves the AVX-512 units of processors that are not Intel's idle, which costs half of the speed. libtorch can send the products
/// to oneDNN, which uses them, but only by the setting that also allows it to round to bfloat16 inside (<c>at::Context::setFloat32Precision</c>,
/// which TorchSharp has no binding for). Whether it does is up to oneDNN and the processor: the route is taken where the
/// processor is of that kind and products of several shapes come out as exact as single precision is. What is taken depends on
/// the machine alone, never on a timing, so that a run repeats.
/// </para>
/// <para>Linux on x64; elsewhere the route is <see cref="MatrixRoute.Mkl"/>, libtorch's own choice. Thread-safe, but not while torch computes.</para>
/// </remarks>
internal static class MatrixProducts
{
    // What single precision gets wrong in sums of some hundred products is about 4e-7; bfloat16 gets 3e-3 wrong.
    private const double LargestError = 2e-6;

    private const string GlobalContext = "_ZN2at13globalContextEv";

    private const string SetPrecision =
        "_ZN2at7Context19setFloat32PrecisionENS_14Float32BackendENS_9Float32OpENS_16Float32PrecisionE";

    // at::Float32Backend::MKLDNN, at::Float32Op::MATMUL, at::Float32Precision::NONE and BF16 of libtorch 2.10.
    private const int OneDnnBackend = 2;
    private const int MatrixOperation = 3;
    private const int DefaultPrecision = 0;
    private const int AnyPrecision = 3;

    // Rows, inner size, columns: of single steps, of whole batches, and of weights' gradients.
    private static readonly (int Rows, int Inner, int Columns)[] Shapes =
        [(16, 600, 200), (64, 64, 64), (512, 400, 600), (600, 512, 400), (2560, 600, 100)];

    /// <summary>The route in use.</summary>
    public static MatrixRoute Route { get; private set; }

    /// <summary>Whether this machine's processor gains by <see cref="MatrixRoute.OneDnn"/>.</summary>
    public static bool GainsByOneDnn { get; } =
        OperatingSystem.IsLinux() && Avx512F.IsSupported && CpuVendor() != "GenuineIntel";

    /// <summary>Takes a route; <see cref="MatrixRoute.OneDnn"/> only where it is there and exact.</summary>
    /// <param name="route">The route.</param>
    /// <returns>Whether it is in use now; where not, the other one is.</returns>
    public static bool TryUse(MatrixRoute route)
    {
        TorchRuntime.EnsureLoaded();
        return Take(route);
    }

    /// <summary>Takes the best route for this machine.</summary>
    internal static void UseBest() => Take(GainsByOneDnn ? MatrixRoute.OneDnn : MatrixRoute.Mkl);

    private static bool Take(MatrixRoute route)
    {
        if (route == MatrixRoute.OneDnn)
        {
            Route = TrySetPrecision(AnyPrecision) && IsExact() ? MatrixRoute.OneDnn : MatrixRoute.Mkl;
        }
        else
        {
            Route = MatrixRoute.Mkl;
        }
        if (Route == MatrixRoute.Mkl)
        {
            TrySetPrecision(DefaultPrecision);
        }
        return Route == route;
    }

    /// <summary>Whether products are as exact as single precision is, forwards and as gradients take them.</summary>
    /// <remarks>
    /// By one thread: the OpenMP runtime keeps the threads of every caller that ever used more, and where they are more than the processor's
    /// cores none of them waits awake any more, which made updates by two threads slower than by one.
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

    /// <summary>How far a product of known matrices is from that in double precision, relative to its size.</summary>
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

    // Not from a generator: whoever seeds torch's must find it as they left it.
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
