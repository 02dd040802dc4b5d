using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>An agent as a service sees it: episodes begin, take steps by the id of their session, and end.</summary>
/// <remarks>
/// <para>Thread-safe: any number of callers, one call at a time for each session. A call that is refused leaves its session as it was.</para>
/// <para>
/// Everywhere: a session that is unknown, gone or busy is a <see cref="SessionNotFoundException"/>, <see cref="SessionExpiredException"/> or
/// <see cref="SessionBusyException"/>; too much work an <see cref="AgentOverloadedException"/>; too late an <see cref="AgentDeadlineException"/>;
/// a service that ends an <see cref="AgentStoppingException"/>. All are <see cref="AgentServingException"/>.
/// </para>
/// </remarks>
public interface IAgentServer
{
    /// <summary>What the agent is that the next episode begins with.</summary>
    AgentManifest Manifest { get; }

    /// <summary>Begins an episode, or goes on with one that was saved.</summary>
    /// <param name="options">How it acts; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for a free session.</param>
    /// <returns>The session; its id is random and not to be guessed.</returns>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    /// <exception cref="InvalidDataException">The saved state is none, damaged, or of other weights.</exception>
    Task<SessionInfo> StartAsync(EpisodeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Takes an observation and acts on it.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="input">What is observed. Its memory is read until the task is over.</param>
    /// <param name="cancellationToken">Takes the step back as long as it was not begun.</param>
    /// <exception cref="ArgumentException">The observation is not of the agent's shape, a number in it is not finite, or there is no such action.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a number that is not finite.</exception>
    Task<AgentStep> StepAsync(string sessionId, StepInput input, CancellationToken cancellationToken = default);

    /// <summary>The state of a session as bytes: another session, in another process say, goes on from them bit for bit.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="cancellationToken">Not used by a server of this process.</param>
    /// <returns>What <see cref="EpisodeOptions.State"/> and <see cref="AgentSession.LoadState"/> take.</returns>
    Task<byte[]> SaveAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Imagines on from the last observation under the policy, decoded; the episode stays where it is.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="horizon">How many steps, 1 to <see cref="SessionPoolOptions.MaxHorizon"/>.</param>
    /// <param name="actions">Whether the policy's most likely action is taken or one drawn from it.</param>
    /// <param name="sampling">Whether states are samples of the prior or its most likely classes.</param>
    /// <param name="cancellationToken">Ends the wait for those who imagine already.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is out of range.</exception>
    /// <exception cref="InvalidOperationException">The agent is served without <see cref="AgentOutputs.Imagination"/>.</exception>
    Task<IReadOnlyList<ImaginedStep>> ImagineAsync(
        string sessionId,
        int horizon,
        ActionSelection actions = ActionSelection.Greedy,
        LatentSampling sampling = LatentSampling.Mode,
        CancellationToken cancellationToken = default);

    /// <summary>What the world model makes of the state at the last observation: the decoded observation above all.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="cancellationToken">Ends the wait for those who imagine already.</param>
    /// <exception cref="InvalidOperationException">The agent is served without <see cref="AgentOutputs.Imagination"/>.</exception>
    Task<ImaginedState> DescribeAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends a session; a step that is under way is answered first.</summary>
    /// <param name="sessionId">Which session.</param>
    /// <param name="cancellationToken">Not used by a server of this process.</param>
    Task EndAsync(string sessionId, CancellationToken cancellationToken = default);
}
