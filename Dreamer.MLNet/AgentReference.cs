using Dreamer.Inference;
using Dreamer.MLNet.Execution;

namespace Dreamer.MLNet;

/// <summary>The agent of an estimator: a <see cref="DreamerAgent"/>, or the path of an agent folder. Both convert implicitly.</summary>
/// <remarks>
/// The caller keeps ownership of an agent, until the pipeline is fitted; the fitted pipeline holds its own handles. A folder is
/// read when the estimator is created, for the agent's shapes, and again at each fit. Immutable, thread-safe.
/// </remarks>
public sealed class AgentReference
{
    private readonly Func<AgentSource> _source;

    private AgentReference(Func<AgentSource> source) => _source = source;

    /// <summary>Refers to an agent.</summary>
    public static implicit operator AgentReference(DreamerAgent agent) => FromAgent(agent);

    /// <summary>Refers to an agent folder.</summary>
    public static implicit operator AgentReference(string folder) => FromFolder(folder);

    /// <summary>Refers to an agent.</summary>
    public static AgentReference FromAgent(DreamerAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return new(() => AgentSource.From(agent));
    }

    /// <summary>Refers to an agent folder.</summary>
    public static AgentReference FromFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new(() => AgentSource.From(folder));
    }

    /// <summary>Finds the agent.</summary>
    /// <exception cref="InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    internal AgentSource Resolve() => _source();
}
