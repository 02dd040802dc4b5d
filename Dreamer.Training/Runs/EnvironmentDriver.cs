using Dreamer.Inference.Episodes;
using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Exploration;
using Dreamer.Training.Runs;

namespace Dreamer.Training.Runs;

/// <summary>Plays parallel environments, one step each at a time, and records their episodes.</summary>
/// <remarks>Not thread-safe. Owns neither environments nor policy.</remarks>
internal sealed class EnvironmentDriver
{
    private readonly EnvironmentSlot[] _slots;
    private readonly LivePolicy _policy;
    private readonly EnvironmentStep[] _lasts;

    /// <summary>Prepares to play.</summary>
    /// <param name="environments">The environments, all of the same spaces.</param>
    /// <param name="policy">The policy, for the same number of episodes.</param>
    /// <param name="seed">The run's seed.</param>
    public EnvironmentDriver(IReadOnlyList<IEnvironment> environments, LivePolicy policy, ulong seed)
    {
        (_slots, _policy) = ([.. environments.Select(environment => new EnvironmentSlot(environment, seed))], policy);
        _lasts = new EnvironmentStep[_slots.Length];
    }

    /// <summary>How many environments there are.</summary>
    public int Count => _slots.Length;

    /// <summary>How many episodes have started; the number of the next one.</summary>
    public long Started { get; private set; }

    /// <summary>How many episodes have ended.</summary>
    public long Ended { get; private set; }

    /// <summary>Whether an episode runs in any environment.</summary>
    public bool InEpisode => _slots.Any(slot => slot.InEpisode);

    /// <summary>Whether the environments can continue in the middle of an episode after loading.</summary>
    public bool IsResumable => _slots.All(slot => slot.Environment is IResumableEnvironment);

    /// <summary>Takes one step in each environment, after a reset if no episode runs.</summary>
    /// <param name="random">Whether episodes that start here are played with random actions.</param>
    /// <param name="noise">The noise on the policy's actions.</param>
    /// <returns>The episodes that ended.</returns>
    /// <exception cref="InvalidEnvironmentException">An environment breaks its contract.</exception>
    public IReadOnlyList<Episode> Step(bool random, ActionNoise noise)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (!_slots[i].InEpisode)
            {
                _slots[i].Start(Started++, random);
                _policy.Start(i, _slots[i].Noise);
            }
            _lasts[i] = _slots[i].Last;
        }
        var actions = _slots.All(slot => slot.IsRandom) ? null : _policy.Act(_lasts, greedy: false, noise);
        var ended = new List<Episode>();
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Step(_slots[i].IsRandom ? _slots[i].RandomAction() : actions![i]) is { } episode)
            {
                ended.Add(episode);
            }
        }
        Ended += ended.Count;
        return ended;
    }

    /// <summary>The episodes that run, so far.</summary>
    public IReadOnlyList<Episode> Open() => [.. _slots.Select(slot => slot.Open()).OfType<Episode>()];

    /// <summary>Adds the episodes that run, and the environments' states, to a checkpoint.</summary>
    public void Save(Checkpoint checkpoint)
    {
        checkpoint.Add("driver/started", Started);
        checkpoint.Add("driver/ended", Ended);
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].Save(checkpoint, Prefix(i));
        }
        _policy.Save(checkpoint);
    }

    /// <summary>Resumes from a checkpoint: in the middle of the episodes if the environments can, else with new ones.</summary>
    /// <returns>The episodes that cannot continue, as truncated ones.</returns>
    public IReadOnlyList<Episode> Load(Checkpoint checkpoint)
    {
        (Started, Ended) = (checkpoint.GetInt64("driver/started"), checkpoint.GetInt64("driver/ended"));
        _policy.Load(checkpoint);
        var cut = new List<Episode>();
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Load(checkpoint, Prefix(i)) is { } episode)
            {
                cut.Add(episode);
            }
            else if (_slots[i].InEpisode)
            {
                _policy.Resume(i, _slots[i].Noise);
            }
        }
        return cut;
    }

    /// <summary>Abandons the running episodes of environments that cannot continue them: the next episodes are new.</summary>
    /// <param name="started">The number of the next episode.</param>
    /// <param name="ended">The number of episodes that have ended.</param>
    /// <param name="create">
    /// Creates the environment of a slot, because one from the first seed would play its first episodes again; null to keep the old one.
    /// </param>
    public void StartOver(long started, long ended, Func<int, IEnvironment>? create)
    {
        (Started, Ended) = (started, ended);
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].Replace(create?.Invoke(i) ?? _slots[i].Environment);
        }
    }

    private static string Prefix(int index) => $"driver/{index}";
}
