using static TorchSharp.torch;

namespace Dreamer.Training.Telemetry;

/// <summary>Named numbers, each averaged over its additions.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class MetricSet
{
    private readonly Dictionary<string, (double Sum, long Count)> _values = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>Whether it is empty.</summary>
    public bool IsEmpty => _order.Count == 0;

    /// <summary>Adds a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number.</param>
    public void Add(string name, double value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_values.TryGetValue(name, out var old))
        {
            _order.Add(name);
        }
        _values[name] = (old.Sum + value, old.Count + 1);
    }

    /// <summary>Adds the value of a scalar tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scalar">A float32 tensor of one element.</param>
    public void Add(string name, Tensor scalar)
    {
        Add(name, scalar.item<float>());
    }

    /// <summary>The means in the order of each name's first addition.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Means() =>
        [.. _order.Select(name => KeyValuePair.Create(name, _values[name].Sum / _values[name].Count))];

    /// <summary>The mean of one name, or null if it was not added.</summary>
    /// <param name="name">The name.</param>
    public double? Mean(string name) => _values.TryGetValue(name, out var value) ? value.Sum / value.Count : null;

    /// <summary>The names with a non-finite number.</summary>
    public IReadOnlyList<string> NonFinite() => [.. _order.Where(name => !double.IsFinite(_values[name].Sum))];

    /// <summary>Removes all numbers.</summary>
    public void Clear()
    {
        _values.Clear();
        _order.Clear();
    }
}
