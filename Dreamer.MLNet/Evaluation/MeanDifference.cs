namespace Dreamer.MLNet.Evaluation;

/// <summary>The mean of differences, with and without their signs.</summary>
internal struct MeanDifference
{
    private double _sum;
    private double _absolute;
    private long _count;

    /// <summary>The mean, or null of nothing.</summary>
    internal readonly double? Mean => _count == 0 ? null : _sum / _count;

    /// <summary>The mean without signs, or null of nothing.</summary>
    internal readonly double? MeanAbsolute => _count == 0 ? null : _absolute / _count;

    internal void Add(double difference)
    {
        _sum += difference;
        _absolute += Math.Abs(difference);
        _count++;
    }
}
