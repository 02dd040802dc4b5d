using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>How a service serves an agent. Validated once, when the service starts; the exception lists every error.</summary>
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

    /// <summary>What to compute in addition to actions, for all sessions.</summary>
    /// <value>The default value is <see cref="AgentOutputs.All"/> and <see cref="AgentOutputs.Imagination"/>, which costs nothing until it is used.</value>
    public AgentOutputs Outputs { get; set; } = AgentOutputs.All | AgentOutputs.Imagination;

    /// <summary>Whether to replay the folder's <c>test_data</c> before an agent is served, as <c>dreamer verify</c> does.</summary>
    /// <value>The default value is <see langword="true"/>. A self-test inference always runs.</value>
    public bool Verify { get; set; } = true;

    /// <summary>How many sessions may live and wait, and for how long.</summary>
    public SessionPoolOptions Sessions { get; set; } = new();

    /// <summary>How the steps of live sessions are put together.</summary>
    public BatchingOptions Batching { get; set; } = new();

    /// <summary>How new weights are loaded.</summary>
    public ReloadOptions Reload { get; set; } = new();
}
