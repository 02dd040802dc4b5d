using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>A prediction engine's row that carries state from one example to the next.</summary>
internal sealed class ObserveRow : MappedRow
{
    private readonly EpisodeTracker _tracker;
    private readonly ObserveWindow _window;

    internal ObserveRow(ObserveLatentStateTransformer transformer, DataViewRow input, ColumnBinding binding, ActiveColumns active)
        : base(input, binding, active)
    {
        _tracker = new EpisodeTracker(
            input,
            transformer.Manifest,
            transformer.Options,
            $"A prediction engine lives one episode: its first example must be the first, {nameof(DreamerCatalog.CreateDreamerPredictionEngine)} " +
            $"makes one that can be reset, and {nameof(DreamerCatalog.StepLatentState)} takes the state from a column, as pooled engines need.");
        _window = new ObserveWindow(transformer, input, _tracker, active, batch: 1);
        _window.Resize(1);
        RecurrentRows.Created(this);
    }

    /// <summary>Forgets the state: the next example is the first of an episode.</summary>
    internal void Reset() => _tracker.Reset();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _window.Dispose();
        }
        base.Dispose(disposing);
    }

    private protected override void Compute()
    {
        _window.Read(0);
        _window.Run(1);
    }

    private protected override Delegate OutputGetter(int output, Func<int> row) => _window.Getter(output, row);
}
