using System.Globalization;
using Dreamer.Training.Telemetry;

namespace Dreamer.Training.Health;

/// <summary>Reads the metrics of a run, line by line, and says once what is ill; <c>docs/troubleshooting.md</c> explains each notice.</summary>
/// <remarks>Not thread-safe. A sign must last for several lines, so that a start or a spike says nothing.</remarks>
public sealed class RunHealth
{
    private const int Lines = 5;
    private const int ManyLines = 20;
    private const double NearNothing = 0.01;
    private const double NoPolicyEntropy = 0.03;
    private const double LargeLoss = 100;

    private readonly DreamerOptions _options;
    private readonly int _vectorSize;
    private readonly int _discreteActions;
    private readonly SortedDictionary<string, int> _streaks;
    private readonly SortedSet<string> _told;
    private double? _firstReturn;
    private double? _bestReturn;

    /// <summary>Prepares to read a run's metrics.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="vectorSize">The numbers in a vector observation, 0 for none.</param>
    /// <param name="discreteActions">The number of discrete actions, 0 if actions are continuous.</param>
    /// <param name="state">What was remembered of the lines before, or null for a new run.</param>
    public RunHealth(DreamerOptions options, int vectorSize, int discreteActions, HealthState? state = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _vectorSize, _discreteActions) = (options, vectorSize, discreteActions);
        state ??= new HealthState();
        _told = new SortedSet<string>(state.Told, StringComparer.Ordinal);
        _streaks = new SortedDictionary<string, int>(state.Streaks.ToDictionary(streak => streak.Key, streak => streak.Value), StringComparer.Ordinal);
        (_firstReturn, _bestReturn) = (state.FirstReturn, state.BestReturn);
    }

    /// <summary>What is remembered of the lines so far.</summary>
    public HealthState State => new() { Told = [.. _told], Streaks = new SortedDictionary<string, int>(_streaks, StringComparer.Ordinal), FirstReturn = _firstReturn, BestReturn = _bestReturn };

    /// <summary>Reads the next line.</summary>
    /// <param name="updates">The updates so far.</param>
    /// <param name="metrics">The means since the line before.</param>
    /// <returns>What is ill now and was not said before.</returns>
    public IReadOnlyList<HealthNotice> Read(long updates, IReadOnlyList<KeyValuePair<string, double>> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var values = metrics.ToDictionary(metric => metric.Key, metric => metric.Value, StringComparer.Ordinal);
        var notices = new List<HealthNotice>();
        Note(MetricNames.PosteriorEntropy, Lines, Posterior(values));
        Note(MetricNames.ModelKl, ManyLines, FreeNats(values));
        Note(MetricNames.ActorEntropy, Lines, Policy(values));
        Note(MetricNames.VectorLoss, Lines, Vectors(values));
        Note(MetricNames.RewardLoss, Lines, Rewards(values));
        Note(MetricNames.TrainTerminal, ManyLines, Ends(values));
        return notices;

        void Note(string metric, int lines, (bool IsKnown, string? Sign) found)
        {
            if (!found.IsKnown)
            {
                return;
            }
            var streak = found.Sign is null ? 0 : _streaks.GetValueOrDefault(metric) + 1;
            _streaks[metric] = streak;
            if (streak == lines && _told.Add(metric))
            {
                notices.Add(new HealthNotice(metric, $"{metric} at update {updates}: {found.Sign} See docs/troubleshooting.md."));
            }
        }
    }

    private (bool IsKnown, string? Sign) Posterior(Dictionary<string, double> values)
    {
        var networks = _options.Networks;
        var most = networks.Stoch * Math.Log(networks.Classes);
        return networks.Latent != Networks.LatentKind.Categorical || !values.TryGetValue(MetricNames.PosteriorEntropy, out var entropy) ? (false, null)
            : (true, entropy >= NearNothing * most ? null : Text(
                $"the posterior has {entropy:0.###} of at most {most:0.#} nats: the latent state is nearly certain whatever is seen. Raise Networks.Unimix to 0.01, raise WorldModel.KlScale, or lower the learning rate."));
    }

    private (bool IsKnown, string? Sign) FreeNats(Dictionary<string, double> values) =>
        _options.WorldModel.FreeNats <= 0 || !values.TryGetValue(MetricNames.ModelKl, out var kl) ? (false, null)
            : (true, kl >= _options.WorldModel.FreeNats ? null : Text(
                $"the KL is {kl:0.###} nats, below the {_options.WorldModel.FreeNats} that are free, so that prior and posterior are not taught. If predictions are poor, lower WorldModel.FreeNats or WorldModel.KlScale."));

    private (bool IsKnown, string? Sign) Policy(Dictionary<string, double> values)
    {
        if (values.TryGetValue(MetricNames.TrainReturn, out var mean))
        {
            _firstReturn ??= mean;
            _bestReturn = Math.Max(_bestReturn ?? mean, mean);
        }
        if (_discreteActions < 2 || _firstReturn is not { } first || !values.TryGetValue(MetricNames.ActorEntropy, out var entropy))
        {
            return (false, null);
        }
        var most = Math.Log(_discreteActions);
        var hasRisen = _bestReturn > first + 0.05 * Math.Max(1, Math.Abs(first));
        return (true, entropy >= NoPolicyEntropy * most || hasRisen ? null : Text(
            $"the policy has {entropy:0.###} of at most {most:0.##} nats and no longer explores, but training returns have not risen above the first, {first:0.###}. Raise Behavior.EntropyScale, or lower the actor's learning rate."));
    }

    private (bool IsKnown, string? Sign) Vectors(Dictionary<string, double> values) =>
        _vectorSize == 0 || !values.TryGetValue(MetricNames.VectorLoss, out var loss) ? (false, null)
            : (true, loss <= LargeLoss * _vectorSize ? null : Text(
                $"the loss is {loss:G3} for {_vectorSize} numbers: sensors in large units outweigh everything else. Set Networks.SymlogVectors, or scale the vector to about -1 to 1."));

    private static (bool IsKnown, string? Sign) Rewards(Dictionary<string, double> values) =>
        !values.TryGetValue(MetricNames.RewardLoss, out var loss) ? (false, null)
            : (true, loss <= LargeLoss ? null : Text(
                $"the loss is {loss:G3}: rewards are too large for the head. Set WorldModel.RewardTransform to Tanh, scale rewards to about -1 to 1, or use DreamerV3."));

    private (bool IsKnown, string? Sign) Ends(Dictionary<string, double> values) =>
        _options.Networks.ConstantDiscount is not null || !values.TryGetValue(MetricNames.TrainTerminal, out var share) ? (false, null)
            : (true, share > 0 ? null :
                "all episodes end by time, so that the discount head has nothing to learn. If nothing can follow an end, set IsTerminal there; otherwise set Networks.ConstantDiscount to the discount factor.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
