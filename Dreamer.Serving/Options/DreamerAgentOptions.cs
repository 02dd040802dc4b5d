using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>How a service serves an agent. Validated once, when the service starts; the error lists all that is wrong.</summary>
/// <remarks>Not thread-safe; read once, when the agent is loaded.</remarks>
public sealed class DreamerAgentOptions
{
    /// <summary>The agent folder, the one that holds <c>agent.json</c>.</summary>
    /// <value>There is no default value.</value>
    public string Path { get; set; } = "";

    /// <summary>Which weights run.</summary>
    /// <value>The default value is <see cref="AgentWeights.AsTrained"/>.</value>
    public AgentWeights Weights { get; set; } = AgentWeights.AsTrained;

    /// <summary>Where the graphs run.</summary>
    /// <value>The default value is the CPU, one thread a call.</value>
    public AgentExecutionOptions Execution { get; set; } = new();

    /// <summary>What is computed beside actions, for all sessions alike.</summary>
    /// <value>The default value is <see cref="AgentOutputs.All"/> and <see cref="AgentOutputs.Imagination"/>, which costs nothing until somebody imagines.</value>
    public AgentOutputs Outputs { get; set; } = AgentOutputs.All | AgentOutputs.Imagination;

    /// <summary>Whether the folder's <c>test_data</c> is replayed before an agent serves, as <c>dreamer verify</c> does.</summary>
    /// <value>The default value is <see langword="true"/>. A self-test inference is made in any case.</value>
    public bool Verify { get; set; } = true;

    /// <summary>How many sessions live, wait, and how long.</summary>
    public SessionPoolOptions Sessions { get; set; } = new();

    /// <summary>How the steps of live sessions are put together.</summary>
    public BatchingOptions Batching { get; set; } = new();

    /// <summary>How new weights come in.</summary>
    public ReloadOptions Reload { get; set; } = new();
}
