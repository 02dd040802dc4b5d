using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>Makes a step of a pipeline that runs graphs of an agent. The agent is trained already: fitting checks columns and opens graphs.</summary>
/// <typeparam name="TTransformer">The step.</typeparam>
/// <remarks>Immutable and thread-safe. Never disposes an agent that it was handed.</remarks>
public abstract class DreamerEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : DreamerTransformer
{
    private readonly AgentSource _agent;
    private readonly IReadOnlyList<string> _graphs;
    private readonly ExecutionFlags _execution;
    private readonly ColumnPlan _plan;

    private protected DreamerEstimator(AgentSource agent, IReadOnlyList<string> graphs, ExecutionFlags execution, ColumnPlan plan) =>
        (_agent, _graphs, _execution, _plan) = (agent, graphs, execution, plan);

    /// <summary>Checks the columns of <paramref name="input"/> and makes the transformer; no row is read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type; the message names it, what was found and what is expected.</exception>
    /// <exception cref="InvalidAgentException">The agent lacks a graph that is needed.</exception>
    /// <exception cref="ObjectDisposedException">The agent was disposed.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _plan.Bind(input.Schema);
        return Create(_agent.Manifest, _agent.Open(_graphs, _execution.Resolve()), _plan);
    }

    /// <summary>The shape of the schema that results.</summary>
    /// <inheritdoc cref="Fit" path="/exception[1]"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _plan.Apply(inputSchema);
    }

    private protected abstract TTransformer Create(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan);
}
