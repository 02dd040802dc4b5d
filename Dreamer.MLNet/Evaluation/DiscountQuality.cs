namespace Dreamer.MLNet.Evaluation;

/// <summary>Judges predicted discounts by whether anything came after their rows.</summary>
internal sealed class DiscountQuality(double gamma)
{
    private const int Bins = 10;

    private readonly List<(float Predicted, bool Continues)> _rows = [];

    internal void Add(float predicted, bool isTerminal) => _rows.Add((predicted, !isTerminal));

    /// <summary>The share of pairs of a continuing and a terminal row whose discounts are in that order; ties count half.</summary>
    internal double? AreaUnderCurve()
    {
        var sorted = _rows.OrderBy(row => row.Predicted).ToArray();
        var (ended, inOrder) = (0L, 0.0);
        for (var (start, end) = (0, 0); start < sorted.Length; start = end)
        {
            var (endedHere, continuesHere) = (0L, 0L);
            for (; end < sorted.Length && sorted[end].Predicted == sorted[start].Predicted; end++)
            {
                _ = sorted[end].Continues ? continuesHere++ : endedHere++;
            }
            inOrder += continuesHere * (ended + (endedHere / 2.0));
            ended += endedHere;
        }
        var pairs = (double)ended * (sorted.Length - ended);
        return pairs == 0 ? null : inOrder / pairs;
    }

    internal IReadOnlyList<CalibrationBin> Calibration() =>
    [
        .. Enumerable.Range(0, Bins).Select(bin =>
        {
            var rows = _rows.Where(row => Math.Clamp((int)(row.Predicted * Bins), 0, Bins - 1) == bin).ToList();
            return new CalibrationBin(
                bin / (double)Bins,
                (bin + 1) / (double)Bins,
                rows.Count,
                rows.Count == 0 ? 0 : rows.Average(row => (double)row.Predicted),
                rows.Count == 0 ? 0 : rows.Average(row => row.Continues ? gamma : 0));
        }),
    ];
}
