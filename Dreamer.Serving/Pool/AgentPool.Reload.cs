using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Serving;

public sealed partial class AgentPool
{
    private const int IdBytes = 16;

    private readonly List<AgentGeneration> _generations = [];
    private readonly SemaphoreSlim _reloading = new(1);
    private readonly ITimer? _polls;
    private AgentGeneration _current;
    private volatile AgentReload? _lastReload;
    private string? _refused;
    private int _polling;

    /// <summary>Which weights the next episode begins with: 1, and one more for each that was swapped in.</summary>
    public int Generation => Current.Number;

    /// <summary>The number of agents in memory: the served one and earlier ones that live episodes still use.</summary>
    public int Generations
    {
        get
        {
            lock (_gate)
            {
                _generations.RemoveAll(generation => generation.IsFreed);
                return _generations.Count;
            }
        }
    }

    /// <summary>The result of the last reload; null if there was none.</summary>
    public AgentReload? LastReload => _lastReload;

    private AgentGeneration Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Loads an agent folder next to the served agent, verifies and tries it, and starts new episodes on it.</summary>
    /// <remarks>
    /// One at a time; a second caller waits. Live episodes continue on their agent, which is freed when the last of them ends. A folder
    /// that is refused changes nothing.
    /// </remarks>
    /// <param name="folder">The folder; null for the one that the pool was loaded from.</param>
    /// <param name="cancellationToken">Ends the wait for another reload.</param>
    /// <returns>Whether the new agent is served, and if not, why.</returns>
    /// <exception cref="AgentStoppingException">The pool is draining or disposed.</exception>
    public async Task<AgentReload> ReloadAsync(string? folder = null, CancellationToken cancellationToken = default)
    {
        await _reloading.WaitAsync(cancellationToken);
        try
        {
            ThrowIfDraining();
            // Loading and verifying are seconds of computation.
            return _lastReload = await Task.Run(() => Reload(folder ?? _options.Path), CancellationToken.None);
        }
        finally
        {
            _reloading.Release();
        }
    }

    private static void Announce(ILogger logger, AgentGeneration generation, string folder, DreamerAgentOptions options)
    {
        if (generation.FallbackReason() is { } reason)
        {
            ServingLog.FellBack(logger, generation.Manifest.Name, options.Execution.GpuDeviceId, reason);
        }
        ServingLog.Serves(logger, generation.Manifest.Name, generation.Number, folder);
    }

    private PooledSession Begin(EpisodeOptions options, RateLimitLease place)
    {
        var id = RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true);
        var (generation, saved) = Choose(options.State.Span);
        try
        {
            var episode = new LiveEpisode(
                generation.Manifest, options.ActionSelection, options.LatentSampling, options.Seed, options.EpisodeId ?? id);
            if (saved is not null)
            {
                episode.Load(saved);
            }
            var session = new PooledSession(this, generation, episode, id);
            _table.Add(session, place);
            return session;
        }
        catch
        {
            generation.RemoveSession();
            throw;
        }
    }

    /// <summary>The agent for a new episode, held for its session, and its saved state if there is one.</summary>
    private (AgentGeneration Generation, SavedEpisode? Saved) Choose(ReadOnlySpan<byte> state)
    {
        lock (_gate)
        {
            if (state.IsEmpty)
            {
                _current.AddSession();
                return (_current, null);
            }
            var saved = SavedEpisode.FromBytes(state, _current.Manifest);
            EpisodeOptions.RequireSavedId(saved.EpisodeId);
            if (!saved.Fingerprint.AsSpan().SequenceEqual(_current.Fingerprint))
            {
                throw new InvalidDataException($"The saved state of the session is of other weights than agent '{_current.Manifest.Name}' has now.");
            }
            _current.AddSession();
            return (_current, saved);
        }
    }

    private AgentReload Reload(string folder)
    {
        var served = Current;
        try
        {
            if (AgentLoader.ManifestHash(folder) == served.ManifestHash)
            {
                return new AgentReload(ReloadOutcome.Unchanged, served.Number);
            }
            if (ReasonToWait() is { } reason)
            {
                _metrics.Reloaded(ReloadOutcome.Deferred);
                ServingLog.ReloadDeferred(_logger, folder, reason);
                return new AgentReload(ReloadOutcome.Deferred, served.Number, reason);
            }
            var generation = AgentLoader.Load(folder, served.Number + 1, _options);
            if (AgentContract.Difference(served.Manifest, generation.Manifest) is { } difference)
            {
                generation.Release();
                throw new InvalidAgentException($"Agent '{generation.Manifest.Name}' cannot replace '{served.Manifest.Name}'. {difference}");
            }
            lock (_gate)
            {
                _current = generation;
                _generations.Add(generation);
            }
            served.Release();
            _metrics.Reloaded(ReloadOutcome.Swapped);
            Announce(_logger, generation, folder, _options);
            return new AgentReload(ReloadOutcome.Swapped, generation.Number);
        }
        catch (Exception e) when (e is InvalidAgentException or NonFiniteOutputException or InvalidOperationException or ArgumentException
            or IOException or UnauthorizedAccessException or OnnxRuntimeException)
        {
            _metrics.Reloaded(ReloadOutcome.Refused);
            ServingLog.ReloadRefused(_logger, folder, served.Number, e.Message, e);
            return new AgentReload(ReloadOutcome.Refused, served.Number, e.Message);
        }
    }

    private string? ReasonToWait()
    {
        var kept = Generations - (Current.Live > 0 ? 0 : 1);
        return kept > _options.Reload.MaxRetired
            ? $"{kept} agents are in use by live episodes, and {_options.Reload.MaxRetired} may be kept next to a new one; try again when some episodes have ended."
            : null;
    }

    private async Task PollAsync()
    {
        if (Interlocked.Exchange(ref _polling, 1) != 0)
        {
            return;
        }
        try
        {
            var stamp = AgentLoader.Stamp(_options.Path);
            // A refused folder is tried again only after it changes; an unchanged folder is the served one.
            var isSettled = _refused is null && AgentLoader.ManifestHash(_options.Path) == Current.ManifestHash;
            if (IsDraining || stamp == _refused || isSettled)
            {
                return;
            }
            var reload = await ReloadAsync();
            _refused = reload.Outcome == ReloadOutcome.Refused ? stamp : null;
        }
        catch (AgentStoppingException)
        {
            // The service is stopping; nobody waits for the outcome of a poll.
        }
        catch (Exception e)
        {
            ServingLog.PollFailed(_logger, _options.Path, e);
        }
        finally
        {
            Volatile.Write(ref _polling, 0);
        }
    }
}
