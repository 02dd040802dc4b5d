using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>
/// A window of rows whose episodes advance in lockstep: step s of every episode in the window is one run of the graph, so that its
/// weights are read once for all of them. State is carried from window to window by the episodes.
/// </summary>
internal sealed class ObserveWindow : IDisposable
{
    private readonly ObserveLatentStateOptions _options;
    private readonly EpisodeTracker _tracker;
    private readonly List<ObserveOutput> _outputs;
    private readonly VectorReader<float> _readEmbedding;
    private readonly ActionReader _readAction;
    private readonly RowName _row;
    private readonly LatentManifest _latent;
    private readonly IReadOnlyList<string>? _actionNames;
    private readonly RowStore _states;
    private readonly RowStore _actions;
    private readonly RowStore? _posteriors;
    private readonly RowStore? _priors;
    private readonly RowStore? _surprises;
    private readonly ObserveGraph _step;
    private readonly SurpriseGraph? _surprise;
    private readonly EpisodeSegments _segments = new();

    /// <summary>Creates the window without rows.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="input">The row to read.</param>
    /// <param name="tracker">Finds their episodes.</param>
    /// <param name="active">The requested columns.</param>
    /// <param name="batch">The largest number of episodes that advance together.</param>
    internal ObserveWindow(
        ObserveLatentStateTransformer transformer, DataViewRow input, EpisodeTracker tracker, ActiveColumns active, int batch)
    {
        var (manifest, options) = (transformer.Manifest, transformer.Options);
        (_options, _tracker, _actionNames) = (options, tracker, manifest.Action.Names);
        _readEmbedding = new VectorReader<float>(input, input.Schema[options.EmbeddingColumnName]);
        _readAction = new ActionReader(input, input.Schema[options.ActionColumnName], manifest.Action.Names, options.NonFinite);
        _row = new RowName(input);
        _latent = manifest.Latent;
        (_states, _actions) = (new RowStore(StateWidth(_latent)), new RowStore(manifest.Action.Size));

        _outputs = ObserveOutputs.Requested(options);
        var priors = active.ContainsOutput(_outputs.IndexOf(ObserveOutput.PriorLogits));
        var surprises = active.ContainsOutput(_outputs.IndexOf(ObserveOutput.Surprise));
        var posteriors = priors || surprises || active.ContainsOutput(_outputs.IndexOf(ObserveOutput.PosteriorLogits));
        _posteriors = posteriors ? new RowStore(manifest.Latent.StatsSize) : null;
        _priors = priors ? new RowStore(manifest.Latent.StatsSize) : null;
        _surprises = surprises ? new RowStore(1) : null;
        _step = new ObserveGraph(transformer.ObserveGraph, manifest, batch, posteriors);
        _surprise = priors || surprises ? new SurpriseGraph(transformer.SurpriseGraph!, manifest.Latent, batch) : null;
    }

    public void Dispose()
    {
        _step.Dispose();
        _surprise?.Dispose();
    }

    /// <summary>Allocates rows.</summary>
    internal void Resize(int rows)
    {
        foreach (var store in (IEnumerable<RowStore?>)[_states, _actions, _posteriors, _priors, _surprises])
        {
            store?.Resize(rows);
        }
    }

    /// <summary>Reads the input's current row.</summary>
    /// <exception cref="InvalidDataException">The row belongs to no open episode.</exception>
    internal void Read(int row)
    {
        // The tracker comes last: where reading a value fails, no episode has moved on.
        _readEmbedding.Read(Embedding(row));
        var action = _actions.Row(row);
        var isGiven = _readAction.Read(action);
        var (episode, isFirst) = _tracker.Next();
        if (_options.ActionTiming == ActionTiming.TakenHere)
        {
            // The action that led here was taken at the episode's previous row; its first row starts from zeros.
            Swap(action, episode.LastAction);
            (isGiven, episode.HasLastAction) = (episode.HasLastAction, isGiven);
        }
        if (!isFirst && !isGiven)
        {
            throw new InvalidDataException(
                $"Column '{_options.ActionColumnName}' has no action for the step that led to {_row}: only an episode's first row has none. " +
                $"The agent's actions are {string.Join(", ", _actionNames ?? [])}; MapValueToKey and OneHotEncoding make other words missing.");
        }
        _segments.Add(row, episode, isFirst);
    }

    /// <summary>Steps the rows that were read.</summary>
    internal void Run(int rows)
    {
        foreach (var group in _segments.LongestFirst().Chunk(_step.Capacity))
        {
            Run(group);
        }
        _segments.Clear();
        for (var start = 0; _surprise is not null && start < rows; start += _surprise.Capacity)
        {
            RunSurprise(start, Math.Min(_surprise.Capacity, rows - start));
        }
    }

    /// <summary>A getter of an added column.</summary>
    /// <param name="output">Which, by its place in the plan.</param>
    /// <param name="row">Returns the row to read.</param>
    internal Delegate Getter(int output, Func<int> row) => _outputs[output] switch
    {
        ObserveOutput.Latent => (ValueGetter<VBuffer<float>>)((ref value) => RowBatch.CopyTo(ref value, Latent(row()))),
        ObserveOutput.PosteriorLogits => VectorGetter(_posteriors!, row),
        ObserveOutput.PriorLogits => VectorGetter(_priors!, row),
        _ => (ValueGetter<float>)((ref float value) => value = _surprises!.Row(row())[0]),
    };

    /// <summary>The bytes that a row of a window takes.</summary>
    internal static long BytesPerRow(AgentManifest manifest, ObserveLatentStateOptions options)
    {
        var latent = manifest.Latent;
        var stats = new[] { options.NeedsSurprise || options.PosteriorLogitsColumnName is not null, options.PriorLogitsColumnName is not null };
        return sizeof(float) * (StateWidth(latent) + manifest.Action.Size + (stats.Count(asked => asked) * (long)latent.StatsSize) + 1);
    }

    private static int StateWidth(LatentManifest latent) => Math.Max(latent.Embedding, latent.Size);

    private static ValueGetter<VBuffer<float>> VectorGetter(RowStore store, Func<int> row) =>
        (ref VBuffer<float> value) => RowBatch.CopyTo(ref value, store.Row(row()));

    private static void Swap(Span<float> left, Span<float> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            (left[i], right[i]) = (right[i], left[i]);
        }
    }

    // An embedding is done with once its row is stepped: the latent takes its place.
    private Span<float> Embedding(int row) => _states.Row(row)[.._latent.Embedding];

    private Span<float> Latent(int row) => _states.Row(row)[.._latent.Size];

    private void Run(EpisodeSegment[] group)
    {
        for (var j = 0; j < group.Length; j++)
        {
            group[j].Episode.Latent.CopyTo(_step.PrevLatent.Row(j));
        }

        // Sorted by length, the segments that still have rows are always the first ones.
        for (var (number, live) = (0, group.Length); ; number++)
        {
            while (live > 0 && group[live - 1].Rows.Count <= number)
            {
                live--;
                _step.PrevLatent.Row(live).CopyTo(group[live].Episode.Latent);
            }
            if (live == 0)
            {
                return;
            }

            for (var j = 0; j < live; j++)
            {
                Gather(j, group[j], number);
            }
            _step.Run(live);
            for (var j = 0; j < live; j++)
            {
                var row = group[j].Rows[number];
                _step.Latent.Row(j).CopyTo(Latent(row));
                _step.Posterior?.Row(j).CopyTo(_posteriors!.Row(row));
            }
            _step.Latent.Rows(live).CopyTo(_step.PrevLatent.Rows(live));
        }
    }

    private void Gather(int to, EpisodeSegment segment, int number)
    {
        var row = segment.Rows[number];
        Embedding(row).CopyTo(_step.Embedding.Row(to));
        _actions.Row(row).CopyTo(_step.PrevAction.Row(to));
        _step.IsFirst.Row(to)[0] = number == 0 && segment.BeginsEpisode ? 1 : 0;
        var sampled = _options.LatentSampling == LatentSampling.Sampled;
        segment.Episode.Noise.FillOrMode(_step.Noise.Row(to), segment.FirstStep + number, NoiseStream.Posterior, sampled);
    }

    private void RunSurprise(int start, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            Latent(start + i).CopyTo(_surprise!.Latent.Row(i));
            _posteriors!.Row(start + i).CopyTo(_surprise.Posterior.Row(i));
        }
        _surprise!.Run(rows);
        for (var i = 0; i < rows; i++)
        {
            if (_priors is not null)
            {
                _surprise.Prior.Row(i).CopyTo(_priors.Row(start + i));
            }
            if (_surprises is not null)
            {
                _surprises.Row(start + i)[0] = _surprise.Kl.Row(i)[0];
            }
        }
    }
}
