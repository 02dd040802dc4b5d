using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>An agent as a service sees it: episodes begin, take steps by the id of their session, and end.</summary>
/// <remarks>
/// <para>Thread-safe: any number of callers, one call at a time for each session. A refused call leaves its session unchanged.</para>
/// <para>
/// Everywhere: a session that is unknown, gone or busy is a <see cref="SessionNotFoundException"/>, <see cref="SessionExpiredException"/> or
/// <see cref="SessionBusyException"/>; too much work an <see cref="AgentOverloadedException"/>; too late an <see cref="AgentDeadlineException"/>;
/// a service that ends an <see cref="AgentStoppingException"/>. All are <see cref="AgentServingException"/>.
/// </para>
/// </remarks>
public interface IAgentServer
{
    /// <summary>The manifest of the agent that the next episode starts with.</summary>
    AgentManifest Manifest { get; }

    /// <summary>Starts an episode, or continues a saved one.</summary>
    /// <param name="options">How it acts; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for a free session.</param>
    /// <returns>The session; its id is random and cannot be guessed.</returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="InvalidDataException">The saved state is not a state, damaged, or of other weights.</exception>
    Task<SessionInfo> StartAsync(EpisodeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Takes an observation and acts on it.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="input">The observation. Its memory is read until the task completes.</param>
    /// <param name="cancellationToken">Cancels the step if it has not started.</param>
    /// <exception cref="ArgumentException">The observation does not have the agent's shape, a number in it is not finite, or the action is unknown.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a number that is not finite.</exception>
    Task<AgentStep> StepAsync(string sessionId, StepInput input, CancellationToken cancellationToken = default);

    /// <summary>The state of a session as bytes: another session, for example in another process, continues from them bit for bit.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="cancellationToken">Not used by a server of this process.</param>
    /// <returns>The bytes for <see cref="EpisodeOptions.State"/> or <see cref="AgentSession.LoadState"/>.</returns>
    Task<byte[]> SaveAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Imagines onward from the last observation under the policy, decoded; the episode does not move.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="horizon">The number of steps, 1 to <see cref="SessionPoolOptions.MaxHorizon"/>.</param>
    /// <param name="actions">Whether the policy's most likely action is taken or one drawn from it.</param>
    /// <param name="sampling">Whether states are samples of the prior or its most likely classes.</param>
    /// <param name="cancellationToken">Ends the wait for other imaginations.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is out of range.</exception>
    /// <exception cref="InvalidOperationException">The agent is served without <see cref="AgentOutputs.Imagination"/>.</exception>
    Task<IReadOnlyList<ImaginedStep>> ImagineAsync(
        string sessionId,
        int horizon,
        ActionSelection actions = ActionSelection.Greedy,
        LatentSampling sampling = LatentSampling.Mode,
        CancellationToken cancellationToken = default);

    /// <summary>What the world model predicts for the current state, above all the decoded observation.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="cancellationToken">Ends the wait for other imaginations.</param>
    /// <exception cref="InvalidOperationException">The agent is served without <see cref="AgentOutputs.Imagination"/>.</exception>
    Task<ImaginedState> DescribeAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends a session; a running step is answered first.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="cancellationToken">Not used by a server of this process.</param>
    Task EndAsync(string sessionId, CancellationToken cancellationToken = default);
}
