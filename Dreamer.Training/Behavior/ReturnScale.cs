using Dreamer.Training.Checkpoints;
using Dreamer.Training.Native;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>The size of imagined returns: a running mean of the range between two of their percentiles (danijar/dreamerv3, Moments).</summary>
/// <remarks>The running mean is corrected for its start at 0, as Adam's moments are. Not thread-safe.</remarks>
/// <param name="options">Percentiles, decay, smallest size.</param>
internal sealed class ReturnScale(ReturnScaleOptions options)
{
    private const string Entry = "return_scale";

    private double _range;
    private double _weight;

    /// <summary>The divisor of advantages.</summary>
    public double Value => _weight == 0 ? options.Least : Math.Max(options.Least, _range / _weight);

    /// <summary>Adds the returns of an update.</summary>
    /// <param name="returns">Returns in any shape.</param>
    public void Add(Tensor returns)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var sorted = returns.detach().flatten().sort(0).Values;
        var range = Percentile(sorted, options.High) - Percentile(sorted, options.Low);
        _range = options.Decay * _range + (1 - options.Decay) * range;
        _weight = options.Decay * _weight + (1 - options.Decay);
    }

    public void Save(Checkpoint checkpoint)
    {
        checkpoint.Add($"{Entry}/range", BitConverter.DoubleToInt64Bits(_range));
        checkpoint.Add($"{Entry}/weight", BitConverter.DoubleToInt64Bits(_weight));
    }

    public void Load(Checkpoint checkpoint)
    {
        _range = BitConverter.Int64BitsToDouble(checkpoint.GetInt64($"{Entry}/range"));
        _weight = BitConverter.Int64BitsToDouble(checkpoint.GetInt64($"{Entry}/weight"));
    }

    // TorchSharp's quantile takes at most 16 million numbers. Linear between two numbers, like NumPy's.
    private static double Percentile(Tensor sorted, double percent)
    {
        var position = percent / 100 * (sorted.numel() - 1);
        var below = (long)position;
        var above = Math.Min(below + 1, sorted.numel() - 1);
        var (low, high) = (sorted.narrow(0, below, 1).item<float>(), sorted.narrow(0, above, 1).item<float>());
        return low + (position - below) * (high - low);
    }
}
