using Dreamer.Inference.Stepping;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>A prediction engine over a pipeline with state, which can begin the next episode.</summary>
/// <typeparam name="TSrc">An example.</typeparam>
/// <typeparam name="TDst">A prediction.</typeparam>
/// <remarks>
/// Lives one episode at a time: examples are an episode's rows in order, and the state goes from one to the next. Not thread-safe (a second
/// thread is refused), and not for pools, which give any engine to any caller: use <c>StepLatentState</c> there. Disposes the model only if the options that
/// it was created with say so.
/// </remarks>
public sealed class DreamerPredictionEngine<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly PredictionEngine<TSrc, TDst> _engine;
    private readonly IReadOnlyList<ObserveRow> _rows;
    private readonly ExclusiveUse _use;

    internal DreamerPredictionEngine(Func<PredictionEngine<TSrc, TDst>> create)
    {
        (_engine, _rows) = RecurrentRows.During(create);
        _use = new ExclusiveUse(this, Free);
    }

    /// <summary>The schema of the predictions.</summary>
    public DataViewSchema OutputSchema => _engine.OutputSchema;

    /// <summary>Predicts the next row of the episode.</summary>
    /// <param name="example">The row.</param>
    /// <exception cref="InvalidDataException">The very first example is not the first of an episode.</exception>
    /// <exception cref="ObjectDisposedException">The engine or its model was disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public TDst Predict(TSrc example)
    {
        using var use = _use.Begin();
        return _engine.Predict(example);
    }

    /// <summary>Predicts the next row of the episode into an object that is there already.</summary>
    /// <param name="example">The row.</param>
    /// <param name="prediction">Receives the prediction.</param>
    /// <inheritdoc cref="Predict(TSrc)" path="/exception"/>
    public void Predict(TSrc example, ref TDst prediction)
    {
        using var use = _use.Begin();
        _engine.Predict(example, ref prediction);
    }

    /// <summary>Forgets the state: the next example counts as the first of an episode.</summary>
    public void Reset()
    {
        using var use = _use.Begin();
        foreach (var row in _rows)
        {
            row.Reset();
        }
    }

    /// <summary>Frees the engine's buffers, when a prediction that goes on elsewhere has ended.</summary>
    public void Dispose() => _use.Dispose();

    private void Free()
    {
        _engine.Dispose();
        // ML.NET's engine does not dispose its row.
        foreach (var row in _rows)
        {
            row.Dispose();
        }
    }
}
