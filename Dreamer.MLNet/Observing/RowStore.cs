namespace Dreamer.MLNet;

/// <summary>Values of a window's rows.</summary>
internal sealed class RowStore(int width)
{
    private float[] _values = [];

    /// <summary>Allocates rows; existing values stay.</summary>
    internal void Resize(int rows) => Array.Resize(ref _values, checked(rows * width));

    /// <summary>One row.</summary>
    internal Span<float> Row(int row) => _values.AsSpan(row * width, width);

    /// <summary>Rows side by side.</summary>
    internal Span<float> Rows(int first, int count) => _values.AsSpan(first * width, count * width);
}
