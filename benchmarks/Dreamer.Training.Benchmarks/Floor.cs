using static TorchSharp.torch;

namespace Dreamer.Training.Benchmarks;

/// <summary>How fast an update could be at best: its operations over the rates that its kernels reach by themselves, in the same process.</summary>
internal sealed class Floor(IReadOnlyList<KernelCall> kernels, int threads)
{
    private const long LargeMatrix = 2048;
    private const int Repetitions = 7;

    private readonly KernelCall _square = MatrixKernels.Square(LargeMatrix);
    private readonly Dictionary<string, double> _milliseconds = [];

    /// <summary>Times every kernel once more; the best time of each counts. Call it before and after what is compared.</summary>
    public void Measure()
    {
        foreach (var kernel in kernels.Append(_square).DistinctBy(kernel => kernel.Shape))
        {
            var time = Time(kernel);
            _milliseconds[kernel.Shape] = Math.Min(time, _milliseconds.GetValueOrDefault(kernel.Shape, double.MaxValue));
        }
    }

    /// <summary>The floor at the best rate of each class, in milliseconds: that of large square matrices or of any kernel of the update.</summary>
    public double AtPeak => Classes.Sum(c => Flops(c) / Peak(c) / 1e6);

    /// <summary>The floor at each kernel's own rate, in milliseconds.</summary>
    public double AtOwnShapes => Classes.Sum(OwnTime);

    /// <summary>Operations, rates and floors, in lines.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (var c in Classes)
        {
            var rate = c == KernelClass.MatrixProducts ? $"{Rate(_square):F0} GFLOP/s at {LargeMatrix} cubed, " : "";
            yield return
                $"  {c}: {Flops(c) / 1e9:F2} GFLOP; {rate}{Peak(c):F0} at best, {Flops(c) / OwnTime(c) / 1e6:F0} over the update's own shapes";
        }
    }

    private IEnumerable<KernelClass> Classes => kernels.Select(kernel => kernel.Class).Distinct();

    private double Flops(KernelClass c) => kernels.Where(kernel => kernel.Class == c).Sum(kernel => kernel.Flops * kernel.Calls);

    private double OwnTime(KernelClass c) =>
        kernels.Where(kernel => kernel.Class == c).Sum(kernel => _milliseconds[kernel.Shape] * kernel.Calls);

    // GFLOP/s
    private double Peak(KernelClass c) => kernels.Append(_square).Where(kernel => kernel.Class == c).Max(Rate);

    private double Rate(KernelCall kernel) => kernel.Flops / _milliseconds[kernel.Shape] / 1e6;

    private double Time(KernelCall kernel)
    {
        using var scope = NewDisposeScope();
        var run = kernel.Prepare();
        // Small ones several times over, so that what is timed takes about a millisecond.
        var times = (int)Math.Clamp(1e8 / kernel.Flops, 1, 1000);
        var best = double.MaxValue;
        for (var i = 0; i < Repetitions; i++)
        {
            using var inner = NewDisposeScope();
            var watch = UpdateWatch.Start();
            for (var j = 0; j < times; j++)
            {
                run();
            }
            best = Math.Min(best, watch.Stop().Of(threads) / times);
        }
        return best;
    }
}
