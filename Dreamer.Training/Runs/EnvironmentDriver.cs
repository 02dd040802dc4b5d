using Dreamer.Inference.Episodes;
using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Exploration;

namespace Dreamer.Training.Runs;

/// <summary>Plays parallel environments, one step each at a time, and records their episodes.</summary>
/// <remarks>Not thread-safe. Does not own the policy.</remarks>
internal sealed class EnvironmentDriver : IDisposable
{
    private readonly EnvironmentSlot[] _slots;
    private readonly LivePolicy _policy;
    private readonly EnvironmentRecovery _recovery;
    private readonly EnvironmentStep[] _lasts;

    /// <summary>Prepares to play.</summary>
    /// <param name="slots">The environments; owned from now on.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="recovery">What happens to environments that fail.</param>
    public EnvironmentDriver(IEnumerable<EnvironmentSlot> slots, LivePolicy policy, EnvironmentRecovery recovery)
    {
        (_slots, _policy, _recovery) = ([.. slots], policy, recovery);
        _lasts = new EnvironmentStep[_slots.Length];
    }

    /// <summary>Calls the first environment.</summary>
    public EnvironmentWorker First => _slots[0].Worker;

    /// <summary>How many environments there are.</summary>
    public int Count => _slots.Length;

    /// <summary>How many episodes have started; the number of the next one.</summary>
    public long Started { get; private set; }

    /// <summary>How many episodes have ended.</summary>
    public long Ended { get; private set; }

    /// <summary>Whether an episode runs in any environment.</summary>
    public bool InEpisode => _slots.Any(slot => slot.InEpisode);

    /// <summary>Whether the environments can continue in the middle of an episode after loading.</summary>
    public bool IsResumable => _slots.All(slot => slot.IsResumable);

    /// <summary>The most rows of a recording; a longer episode is recorded in parts.</summary>
    public int MaxRows { get; set; } = int.MaxValue;

    /// <summary>Takes one step in each environment, after a reset if no episode runs.</summary>
    /// <param name="random">Whether episodes that start here are played with random actions.</param>
    /// <param name="noise">The noise on the policy's actions.</param>
    /// <param name="ended">Receives the episodes that ended, also those of environments that failed.</param>
    /// <returns>How many environments took a step, and the failure that ends the run, or null.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped while an environment did not answer.</exception>
    public (int Steps, Exception? Failure) Step(bool random, ActionNoise noise, ICollection<Episode> ended)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (!_slots[i].InEpisode && Start(i, random) is { } failure)
            {
                return (0, failure);
            }
            _lasts[i] = _slots[i].Last;
        }
        var actions = _slots.All(slot => slot.IsRandom) ? null : _policy.Act(_lasts, greedy: false, noise);
        var (steps, fatal) = (0, (Exception?)null);
        for (var i = 0; i < _slots.Length; i++)
        {
            try
            {
                var episode = _slots[i].Step(_slots[i].IsRandom ? _slots[i].RandomAction() : actions![i]);
                steps++;
                if (episode is null && _slots[i].RowCount >= MaxRows)
                {
                    episode = Cut(i, random);
                }
                End(episode, ended);
            }
            catch (Exception e) when (e is EnvironmentFailedException or InvalidEnvironmentException)
            {
                End(_slots[i].Abandon(), ended);
                fatal ??= Recover(i, e);
            }
        }
        return (steps, fatal);
    }

    /// <summary>Ends the recording of each running episode, although the environments continue; what follows is played by the policy.</summary>
    /// <returns>The episodes so far, truncated.</returns>
    public IReadOnlyList<Episode> CutAll()
    {
        var episodes = new List<Episode>();
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].RowCount >= 2)
            {
                End(Cut(i, random: false), episodes);
            }
        }
        return episodes;
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

    /// <summary>Replaces environments whose state a checkpoint lacks: from the first seed they would play their first episodes again.</summary>
    /// <param name="create">Creates the environment of a slot; null to keep the old ones.</param>
    public void ReplaceLost(Func<int, IEnvironment>? create)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].HasLostState)
            {
                _slots[i].Replace(create?.Invoke(i));
            }
        }
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
            _slots[i].Replace(create?.Invoke(i));
        }
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.Dispose();
        }
    }

    private static string Prefix(int index) => $"driver/{index}";

    private Exception? Start(int index, bool random)
    {
        while (true)
        {
            try
            {
                _slots[index].Start(Started++, random);
                _policy.Start(index, _slots[index].Noise);
                return null;
            }
            catch (Exception e) when (e is EnvironmentFailedException or InvalidEnvironmentException)
            {
                if (Recover(index, e) is { } failure)
                {
                    return failure;
                }
            }
        }
    }

    private Episode Cut(int index, bool random)
    {
        var episode = _slots[index].Cut(Started++, random);
        _policy.Start(index, _slots[index].Noise);
        return episode;
    }

    private void End(Episode? episode, ICollection<Episode> ended)
    {
        if (episode is not null)
        {
            ended.Add(episode);
            Ended++;
        }
    }

    private Exception? Recover(int index, Exception failure)
    {
        if (_recovery.Restart(failure, index, Started) is not { } environment)
        {
            return failure;
        }
        _slots[index].Replace(environment);
        return null;
    }
}
