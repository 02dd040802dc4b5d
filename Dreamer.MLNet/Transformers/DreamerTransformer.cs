using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Interop;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>A step of a pipeline that runs graphs of an agent.</summary>
/// <remarks>
/// Immutable and thread-safe: state that changes from row to row belongs to a cursor or a prediction engine. Holds its own handles on the
/// agent's weights, never the agent itself; dispose it to release them at once, or leave it to the garbage collector. Saved by
/// <c>mlContext.Model.Save</c> with the graphs that it uses and the agent's manifest, and loaded by <c>mlContext.Model.Load</c> in any
/// process that has this assembly.
/// </remarks>
public abstract class DreamerTransformer : ITransformer, IDisposable
{
    private readonly AgentGraph[] _graphs;

    private protected DreamerTransformer(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan) =>
        (Manifest, _graphs, Plan) = (manifest, graphs, plan);

    /// <summary>The agent's manifest.</summary>
    public AgentManifest Manifest { get; }

    /// <summary>Always true: a <see cref="PredictionEngine{TSrc, TDst}"/> takes the transformer.</summary>
    public bool IsRowToRowMapper => true;

    internal ColumnPlan Plan { get; }

    /// <summary>The transformer's kind.</summary>
    internal abstract TransformerKind Kind { get; }

    /// <summary>The graphs that it uses.</summary>
    internal IReadOnlyList<AgentGraph> Graphs => _graphs;

    /// <summary>The schema of the result of <see cref="Transform"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type; the message names it, what was found and what is expected.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Plan.Bind(inputSchema).Output;
    }

    /// <summary>Adds the transformer's columns to a view, lazily: they are computed when a cursor reads them.</summary>
    /// <inheritdoc cref="GetOutputSchema" path="/exception"/>
    /// <exception cref="NotSupportedException"><c>ConvertToOnnx</c> calls it; the message says what to use instead.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        OnnxConversion.Refuse(GetType().Name);
        return CreateView(input, Plan.Bind(input.Schema));
    }

    /// <summary>The mapper that prediction engines use.</summary>
    /// <inheritdoc cref="GetOutputSchema" path="/exception"/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return CreateMapper(Plan.Bind(inputSchema));
    }

    /// <summary>Releases the handles on the agent's weights; views and engines of the transformer then fail.</summary>
    public void Dispose()
    {
        Array.ForEach(_graphs, graph => graph.Dispose());
        GC.SuppressFinalize(this);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelStreams.Save(ctx, Kind.Name, TransformerParts.From(this));

    /// <summary>The serialized options.</summary>
    internal abstract byte[] SerializeOptions();

    private protected abstract IDataView CreateView(IDataView input, ColumnBinding binding);

    private protected abstract IRowToRowMapper CreateMapper(ColumnBinding binding);
}
