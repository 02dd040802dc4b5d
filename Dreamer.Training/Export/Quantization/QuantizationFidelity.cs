using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Export.Quantization;

/// <summary>Compares an agent's int8 weights with its float32 weights, each step from the state of the latter and with the same noise.</summary>
internal sealed class QuantizationFidelity : IDisposable
{
    private const int Rows = 50;

    private readonly LatentManifest _latent;
    private readonly int _actions;
    private readonly BatchGraph _encoder;
    private readonly (BatchGraph Trained, BatchGraph Quantized) _observe;
    private readonly (BatchGraph Trained, BatchGraph Quantized) _policy;
    private readonly EpisodeNoise[] _noise = [.. Enumerable.Range(0, Rows).Select(row => new EpisodeNoise(0, $"fidelity-{row}"))];
    private long _classes;
    private long _equalClasses;
    private double _sum;
    private double _largest;

    private QuantizationFidelity(DreamerAgent trained, DreamerAgent quantized)
    {
        (_latent, _actions) = (trained.Manifest.Latent, trained.Manifest.Action.Size);
        _encoder = Open(trained, GraphNames.Encoder);
        _observe = (Open(trained, GraphNames.RssmObserve), Open(quantized, GraphNames.RssmObserve));
        _policy = (Open(trained, GraphNames.Policy), Open(quantized, GraphNames.Policy));
    }

    /// <summary>Compares the two.</summary>
    /// <param name="trained">The agent with float32 weights.</param>
    /// <param name="quantized">The agent with int8 weights.</param>
    /// <param name="factory">Creates environments to play in with sampled actions; without it, observations are random.</param>
    /// <param name="options">How much is compared.</param>
    /// <param name="seed">The seed of environments and observations.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static QuantizationManifest Measure(
        DreamerAgent trained,
        DreamerAgent quantized,
        Func<ulong, IEnvironment>? factory,
        AgentExportOptions options,
        ulong seed,
        CancellationToken cancellationToken)
    {
        using var fidelity = new QuantizationFidelity(trained, quantized);
        var rows = new FidelityRows(factory, Rows, seed);
        var rounds = (options.FidelitySequences + Rows - 1) / Rows;
        for (var step = 0; step < rounds * AgentExportOptions.FidelitySteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fidelity.Step(rows, step);
        }
        return new QuantizationManifest(
            rounds * Rows,
            AgentExportOptions.FidelitySteps,
            factory is null ? "random" : trained.Manifest.Provenance.Environment,
            fidelity._sum / (rounds * Rows * AgentExportOptions.FidelitySteps),
            fidelity._largest,
            options.PolicyKlBound,
            factory is not null && options.EvaluationEpisodes > 0
                ? ExportEvaluation.Play(quantized, factory, options.EvaluationEpisodes, seed, cancellationToken) : [])
        {
            EqualClasses = fidelity._classes == 0 ? null : (double)fidelity._equalClasses / fidelity._classes,
        };
    }

    public void Dispose()
    {
        foreach (var graph in (BatchGraph[])[_encoder, _observe.Trained, _observe.Quantized, _policy.Trained, _policy.Quantized])
        {
            graph.Dispose();
        }
    }

    private static BatchGraph Open(DreamerAgent agent, string graph) => new(agent.OpenGraph(graph), Rows);

    private void Step(FidelityRows rows, int step)
    {
        var (trained, quantized) = _observe;
        if (step > 0)
        {
            trained[TensorNames.Latent].CopyTo(trained[TensorNames.PrevLatent]);
            _policy.Trained[TensorNames.Action].CopyTo(trained[TensorNames.PrevAction]);
        }
        rows.Next(
            _encoder.Image.Span,
            _encoder.Has(TensorNames.Vector) ? _encoder[TensorNames.Vector] : [],
            trained[TensorNames.PrevAction],
            trained[TensorNames.IsFirst]);
        Draw(trained[TensorNames.StochNoise], step, NoiseStream.Posterior);
        Draw(_policy.Trained[TensorNames.ActionNoise], step, NoiseStream.Action);

        _encoder.Run();
        _encoder[TensorNames.Embedding].CopyTo(trained[TensorNames.Embedding]);
        foreach (var input in (string[])[TensorNames.PrevLatent, TensorNames.PrevAction, TensorNames.IsFirst, TensorNames.Embedding, TensorNames.StochNoise])
        {
            trained[input].CopyTo(quantized[input]);
        }
        trained.Run();
        quantized.Run();
        trained[TensorNames.Latent].CopyTo(_policy.Trained[TensorNames.Latent]);
        quantized[TensorNames.Latent].CopyTo(_policy.Quantized[TensorNames.Latent]);
        _policy.Trained[TensorNames.ActionNoise].CopyTo(_policy.Quantized[TensorNames.ActionNoise]);
        _policy.Trained.Run();
        _policy.Quantized.Run();
        Compare();
    }

    private void Draw(Span<float> noise, int step, NoiseStream stream)
    {
        var size = noise.Length / Rows;
        for (var row = 0; row < Rows; row++)
        {
            _noise[row].Fill(noise.Slice(row * size, size), step, stream);
        }
    }

    private void Compare()
    {
        for (var row = 0; row < Rows; row++)
        {
            if (_latent.Kind == LatentManifest.Categorical)
            {
                CompareClasses(Row(_observe.Trained, TensorNames.Latent, row), Row(_observe.Quantized, TensorNames.Latent, row));
            }
            var divergence = _policy.Trained.Has(TensorNames.Logits)
                ? PolicyDivergence.Categorical(Row(_policy.Trained, TensorNames.Logits, row), Row(_policy.Quantized, TensorNames.Logits, row))
                : PolicyDivergence.Normal(
                    Row(_policy.Trained, TensorNames.Mean, row), Row(_policy.Trained, TensorNames.Std, row),
                    Row(_policy.Quantized, TensorNames.Mean, row), Row(_policy.Quantized, TensorNames.Std, row));
            _sum += divergence;
            _largest = Math.Max(_largest, divergence);
        }
    }

    private void CompareClasses(ReadOnlySpan<float> trained, ReadOnlySpan<float> quantized)
    {
        for (var start = 0; start < _latent.StochSize; start += _latent.Classes)
        {
            _classes++;
            _equalClasses += trained.Slice(start, _latent.Classes).SequenceEqual(quantized.Slice(start, _latent.Classes)) ? 1 : 0;
        }
    }

    private static ReadOnlySpan<float> Row(BatchGraph graph, string name, int row)
    {
        var values = graph[name];
        var size = values.Length / Rows;
        return values.Slice(row * size, size);
    }
}
